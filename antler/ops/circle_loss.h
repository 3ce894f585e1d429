// Embeddings of one class near each other, those of others far: a loss over all pairs of a batch.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Targets are class numbers, (batch,) or (batch, 1), predictions embeddings (batch, size) of length 1; the
/// result is (batch,). With the distance d = max(1 - <a, b>, 0) of a sample from each other, it is
/// softplus(logsumexp(-gamma (margin + d) (margin - d) over its own class) + logsumexp(gamma max(1 + margin -
/// d, 0) (1 - margin - d) over the others)), as in Keras 3.15; 0 where either has no sample.
/// Sun et al., 2020, https://arxiv.org/abs/2002.10857. Targets get no gradient.
struct CircleLoss final : Operation {
  float gamma = 80.0F;
  float margin = 0.4F;
  /// A sample is not of its own class's others.
  bool remove_diagonal = true;

  std::string name() const override { return "circle loss"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  /// The derivative of each result by each distance.
  int64_t saved_floats(std::span<const Shape> inputs) const override { return inputs[1][0] * inputs[1][0]; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
