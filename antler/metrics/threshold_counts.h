// True and false positives and negatives at each of several thresholds: what Precision, AUC and their kin are
// made of.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "antler/metrics/recipe.h"

namespace antler::metrics {

/// How predictions are counted, as Keras 3.15 does it. A prediction is positive at a threshold below it.
struct ThresholdCounting {
  std::vector<float> thresholds;
  /// True when thresholds lie evenly from 0 to 1. As in Keras, the threshold that a prediction reaches is
  /// then calculated, not looked for, and predictions are clipped to [0, 1].
  bool evenly = false;
  /// With `evenly`: the first and last threshold lie a little outside [0, 1].
  bool beyond_ends = false;
  /// Only the highest k of a row can be positive.
  std::optional<int64_t> top_k = {};
  /// Only this column counts.
  std::optional<int64_t> class_id = {};
  /// Each column has counts of its own.
  bool by_label = false;
  /// What each column counts beside its sample's weight; empty: 1 each. Not with by_label.
  std::vector<float> label_weights = {};
  /// Predictions go through a sigmoid first.
  bool from_logits = false;

  /// Throws Error when shapes do not fit each other or the settings.
  void check(const Shape& y_true, const Shape& y_pred) const;
  /// Adds a batch to a state. Throws Error when it does not fit.
  void count(const Batch& batch, State& state) const;
};

/// True for three or more thresholds that lie evenly from 0 to 1, to Keras's precision.
bool are_even(std::span<const double> thresholds);

/// A state read: at each threshold, and within it for each label.
struct ThresholdCounts {
  /// An empty state counts nothing, for one label.
  ThresholdCounts(const State& state, size_t thresholds);

  size_t thresholds;
  size_t labels;
  std::vector<double> true_positives;
  std::vector<double> false_positives;
  std::vector<double> true_negatives;
  std::vector<double> false_negatives;
};

/// a / (a + b) of each threshold and label, 0 where both are 0.
std::vector<double> shares(std::span<const double> a, std::span<const double> b);

}  // namespace antler::metrics
