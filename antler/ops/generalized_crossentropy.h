// Crossentropy that forgives wrong labels.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Targets are class numbers, one for each row of predictions (batch, ..., classes); the result, (batch,
/// ...), is (1 - p^q) / q of the target's probability p, as in Keras 3.15; p is 0 for a number that is no
/// class. Zhang and Sabuncu, 2018, https://arxiv.org/abs/1805.07836. Targets get no gradient.
struct GeneralizedCrossentropy final : Operation {
  /// Between 0, which is crossentropy, and 1, which is the mean absolute error.
  float q = 0.5F;

  std::string name() const override { return "categorical generalized crossentropy"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
