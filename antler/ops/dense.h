// A matrix product with bias: Keras's Dense.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = x kernel + bias over the last axis. Inputs: x (..., in), kernel (in, out), and with `bias` (out).
struct Dense final : Operation {
  bool bias = true;
  /// max(y, 0) at the end; its gradient is 0 where y is 0, as in TensorFlow.
  bool relu = false;
  /// The output's gradient that backward() is given is that before the relu already.
  bool gradient_before_relu = false;

  std::string name() const override { return relu ? "dense + relu" : "dense"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  double flops(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override { return index < 2; }
  bool backward_reads_output() const override { return relu && !gradient_before_relu; }
  std::optional<size_t> gradient_in_pieces() const override { return 1; }
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  int64_t prepared_floats(std::span<const Shape> inputs) const override;
  void prepare(std::span<const ConstView> inputs, std::span<float> prepared) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
