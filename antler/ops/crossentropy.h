// Crossentropy over classes, in one step with the softmax where there is one.
#pragma once

#include <optional>

#include "antler/ops/operation.h"

namespace antler::ops {

/// Targets and predictions (batch, ..., classes) become (batch, ...): -sum(t log p) over the classes, with
/// Keras's formulas (3.15 on TensorFlow). Targets get no gradient. NaN goes through.
struct Crossentropy final : Operation {
  /// Targets are class numbers, one a row, of any shape of as many elements; fractions are cut off. A number
  /// that is no class gives NaN.
  bool sparse = false;
  /// Predictions are logits: p = softmax of them, whose gradient is softmax - t. Otherwise they are
  /// probabilities, clipped to [1e-7, 1 - 1e-7], and scaled to sum 1: before the clipping, or if sparse
  /// after.
  bool from_logits = false;
  /// t becomes t * (1 - label_smoothing) + label_smoothing / classes. Not if sparse.
  double label_smoothing = 0.0;
  /// The classes to divide by, where that is not the last extent; 0: it is.
  int64_t smoothed_classes = 0;
  /// If sparse: rows of this target have a loss and a gradient of 0.
  std::optional<float> ignored_class = {};

  std::string name() const override;
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override { return index == 0 || !from_logits; }
  int64_t saved_floats(std::span<const Shape> inputs) const override {
    return from_logits ? inputs[1].size() : 0;
  }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;

 private:
  bool ignores(ConstView targets, int64_t row) const;
};

}  // namespace antler::ops
