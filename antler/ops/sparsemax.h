// Scores to few numbers above 0: Martins and Astudillo 2016, as Keras computes it.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = max(x - t, 0) along the last axis. With z the x in descending order, s its partial sums and k how many
/// places j have z_j > (s_j - 1) / j, t is (s_1 + ... + s_k - 1) / k, as in Keras 3.15. The paper's t, of
/// which y sums to 1, is (s_k - 1) / k.
struct Sparsemax final : Operation {
  std::string name() const override { return "sparsemax"; }
  Shape output_shape(std::span<const Shape> inputs) const override { return inputs[0]; }
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
