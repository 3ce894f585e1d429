// Losses that compare whole rows of targets and predictions.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Targets t and predictions p, (batch, ..., columns) both, become (batch, ...): f(t, p) of each row, with
/// Keras's formulas (3.15). Targets get no gradient. NaN goes through.
struct RowLoss final : Operation {
  enum class Function {
    categorical_hinge,  ///< max(max((1 - t) p) - sum(t p) + 1, 0)
    cosine_similarity,  ///< -sum(t p) / (|t| |p|), norms at least 1e-7
  };
  Function function = Function::cosine_similarity;

  std::string name() const override;
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
