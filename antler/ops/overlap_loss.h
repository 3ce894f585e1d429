// How little two sets overlap: the losses of segmentation.
#pragma once

#include <optional>
#include <vector>

#include "antler/ops/operation.h"

namespace antler::ops {

/// Targets t and predictions p of one shape, each reduced over `axes` to three sums: what both have,
/// i = sum(t p), a = sum(t (1 - p)), b = sum((1 - t) p). The result is 1 - i / (i + alpha a + beta b +
/// epsilon), of the shape that remains; (1,) when all axes go. Keras's Tversky loss (3.15), and with 1/2, 1/2
/// and half its epsilon Keras's Dice loss. Targets get no gradient.
struct OverlapLoss final : Operation {
  float alpha = 0.5F;
  float beta = 0.5F;
  float epsilon = 1e-7F;
  /// Counted from the front, or negative from the end; the batch axis may be among them. None: all.
  std::optional<std::vector<int>> axes = {};

  std::string name() const override { return "overlap loss"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  /// The three sums of each result.
  int64_t saved_floats(std::span<const Shape> inputs) const override {
    return 3 * output_shape(inputs).size();
  }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
