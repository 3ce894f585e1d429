// A leaky relu whose slope is learned: He et al. 2015.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = max(x, 0) + alpha * min(x, 0). Inputs: x (batch, ...), alpha of x's shape without the batch axis, with
/// 1 along axes that share a slope. At 0, both gradients are 0, as in Keras.
struct PRelu final : Operation {
  std::string name() const override { return "prelu"; }
  /// Throws Error when alpha does not fit x.
  Shape output_shape(std::span<const Shape> inputs) const override;
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
