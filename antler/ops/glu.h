// Gated linear units: Dauphin et al. 2017.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// a * sigmoid(b), with a and b the halves of the last axis: (..., 2 n) to (..., n).
struct Glu final : Operation {
  std::string name() const override { return "glu"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
