// Probabilities from scores.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = exp(x - max) / sum(exp(x - max)) along `axis`.
struct Softmax final : Operation {
  int axis = -1;
  /// log(y) instead.
  bool logarithm = false;

  std::string name() const override { return logarithm ? "log softmax" : "softmax"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  bool backward_reads_output() const override { return true; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
