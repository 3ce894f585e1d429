// Convolution of images (batch, height, width, channels) with kernels (height, width, channels, filters), and
// of sequences (batch, steps, channels) with kernels (steps, channels, filters).
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y[n,i,j,f] = bias[f] + sum over a,b,c of x[n, i*stride + a*dilation - pad, j*stride + b*dilation - pad, c]
/// * kernel[a,b,c,f], cross-correlation as in Keras. Inputs: x (n, h, w, c), kernel (kh, kw, c / groups,
/// filters), and with `bias` (filters). A sequence (n, w, c) with a kernel (kw, c / groups, filters) is an
/// image of one row.
struct Convolution final : Operation {
  int64_t stride_height = 1;
  int64_t stride_width = 1;
  int64_t dilation_height = 1;
  int64_t dilation_width = 1;
  /// Channels and filters fall into this many groups that do not see each other.
  int64_t groups = 1;
  int64_t pad_top = 0;
  int64_t pad_bottom = 0;
  int64_t pad_left = 0;
  int64_t pad_right = 0;
  bool bias = true;
  /// max(y, 0) at the end; its gradient is 0 where y is 0, as in TensorFlow.
  bool relu = false;
  /// The output's gradient that backward() is given is that before the relu already.
  bool gradient_before_relu = false;

  std::string name() const override;
  Shape output_shape(std::span<const Shape> inputs) const override;
  double flops(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override { return index < 2; }
  bool backward_reads_output() const override { return relu && !gradient_before_relu; }
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  int64_t prepared_floats(std::span<const Shape> inputs) const override;
  void prepare(std::span<const ConstView> inputs, std::span<float> prepared) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
