// Scores to few numbers above 0: Martins and Astudillo 2016, as Keras computes it.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = max(x - t, 0) along the last axis. With z the x in descending order, s its partial sums and k how many
/// places j have z_j > (s_j - 1) / j, t is (s_1 + ... + s_k - 1) / k. The paper's t is (s_k - 1) / k; keras.
/// activations.sparsemax (3.15) adds up all of them, and so its numbers sum to 1 for k = 1 alone.
struct Sparsemax final : Operation {
  std::string name() const override { return "sparsemax"; }
  Shape output_shape(std::span<const Shape> inputs) const override { return inputs[0]; }
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
