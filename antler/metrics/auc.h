// The area under a curve of true and false positives: Keras 3.15's AUC.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

struct AUCOptions {
  /// How many thresholds, evenly from 0 to 1, approximate the curve; 2 or more.
  int num_thresholds = 200;
  /// "ROC": recall over false positive rate; "PR": precision over recall; "PRGAIN": the same as gains over
  /// always saying yes.
  std::string curve = "ROC";
  /// "interpolation", "minoring" (the lower of two neighbours) or "majoring".
  std::string summation_method = "interpolation";
  std::string name = {};
  /// Instead of num_thresholds, in [0, 1], beside one below and one above all predictions.
  std::vector<double> thresholds = {};
  /// Predictions are (batch, labels), each label has a curve of its own, and their areas' mean is the result.
  bool multi_label = false;
  /// With multi_label, how many labels there are; they are counted where it is not said.
  std::optional<int> num_labels = {};
  /// What each label counts in the mean, or without multi_label in the curve; empty: 1 each.
  std::vector<double> label_weights = {};
  /// Predictions go through a sigmoid first.
  bool from_logits = false;
};
/// Targets count as true where they are not 0.
Metric AUC(const AUCOptions& options = {});

Recipe read_auc(Settings& settings);

}  // namespace antler::metrics
