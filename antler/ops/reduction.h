// Whole images reduced to a number a channel: global pooling.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// The mean or the largest over all axes between the first and the last: (batch, ..., channels) to (batch,
/// channels). Elements that share the maximum share its gradient, as in TensorFlow's reduce_max.
struct Reduction final : Operation {
  enum class Kind { mean, maximum };
  Kind kind = Kind::mean;

  std::string name() const override { return kind == Kind::mean ? "global mean" : "global maximum"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return kind == Kind::maximum; }
  bool backward_reads_output() const override { return kind == Kind::maximum; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
