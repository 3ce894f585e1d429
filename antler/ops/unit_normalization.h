// Vectors scaled to the length of 1.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = x * min(1 / |x|, 1 / epsilon), with |x| over all extents from `axis` on: keras.ops.normalize.
struct UnitNormalization final : Operation {
  int axis = -1;
  float epsilon = 1e-12F;

  std::string name() const override { return "unit normalization"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
