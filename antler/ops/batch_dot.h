// Scalar products of the vectors of two tensors, sample by sample.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// (batch, m, features) and (batch, n, features) to (batch, m, n): y[b][i][j] = sum over k of
/// x0[b][i][k] * x1[b][j][k].
struct BatchDot final : Operation {
  std::string name() const override { return "batch dot"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
