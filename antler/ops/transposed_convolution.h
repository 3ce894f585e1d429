// Convolution turned around: Keras's Conv1DTranspose and Conv2DTranspose.
#pragma once

#include "antler/ops/convolution.h"

namespace antler::ops {

/// Takes images to what `convolution` would have made them from: y is the gradient of that convolution's
/// input where x is the gradient of its output, plus a bias. Inputs: x (batch, height, width, channels),
/// kernel (kernel height, kernel width, filters, channels), and with `bias` (filters); y is (batch, `height`,
/// `width`, filters). Sequences are images of one row: x (batch, steps, channels), kernel (kernel steps,
/// filters, channels), y (batch, `width`, filters), `height` 1.
struct TransposedConvolution final : Operation {
  /// Strides, dilation and padding; has neither bias nor relu nor groups.
  Convolution convolution;
  int64_t height = 1;
  int64_t width = 1;
  bool bias = true;

  std::string name() const override { return "transposed convolution"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override { return index < 2; }
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
