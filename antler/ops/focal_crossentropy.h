// Crossentropy over classes that counts less what is predicted well already.
#pragma once

#include <vector>

#include "antler/ops/operation.h"

namespace antler::ops {

/// Targets t and predictions p, (batch, ..., classes) both, become (batch, ...): the sum over the classes of
/// -alpha (1 - p)^gamma t log p, with Keras's formula (3.15): p is scaled to sum 1 and then clipped to
/// [1e-7, 1 - 1e-7]. Lin et al., 2018, https://arxiv.org/abs/1708.02002. Targets get no gradient.
struct FocalCrossentropy final : Operation {
  /// One for all classes, or one for each.
  std::vector<float> alpha = {0.25F};
  float gamma = 2.0F;
  /// p = softmax of the predictions.
  bool from_logits = false;
  /// t becomes t * (1 - label_smoothing) + label_smoothing / smoothed_classes (0: the last extent).
  double label_smoothing = 0.0;
  int64_t smoothed_classes = 0;

  std::string name() const override { return "categorical focal crossentropy"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override { return index == 0 || !from_logits; }
  int64_t saved_floats(std::span<const Shape> inputs) const override {
    return from_logits ? inputs[1].size() : 0;
  }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
