// Precision, recall and the counts behind them, at one threshold or several: Keras 3.15's. Targets count as
// true where they are not 0.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

struct CountOptions {
  /// In [0, 1], each gives a result; empty: 0.5.
  std::vector<double> thresholds = {};
  std::string name = {};
};
Metric TruePositives(const CountOptions& options = {});
Metric TrueNegatives(const CountOptions& options = {});
Metric FalsePositives(const CountOptions& options = {});
Metric FalseNegatives(const CountOptions& options = {});

struct PrecisionOptions {
  /// In [0, 1], each gives a result; empty: 0.5, or with top_k none.
  std::vector<double> thresholds = {};
  /// Only the highest k of a row's predictions can be positive.
  std::optional<int> top_k = {};
  /// Only this column counts.
  std::optional<int> class_id = {};
  std::string name = {};
};
Metric Precision(const PrecisionOptions& options = {});
Metric Recall(const PrecisionOptions& options = {});

struct AtOptions {
  /// How many thresholds, evenly from 0 to 1, are tried.
  int num_thresholds = 200;
  std::optional<int> class_id = {};
  std::string name = {};
};
/// The best of the first at those thresholds where the second is as high as asked, in [0, 1]; 0 where none
/// is.
Metric SensitivityAtSpecificity(double specificity, const AtOptions& options = {});
Metric SpecificityAtSensitivity(double sensitivity, const AtOptions& options = {});
Metric PrecisionAtRecall(double recall, const AtOptions& options = {});
Metric RecallAtPrecision(double precision, const AtOptions& options = {});

Recipe read_true_positives(Settings& settings);
Recipe read_true_negatives(Settings& settings);
Recipe read_false_positives(Settings& settings);
Recipe read_false_negatives(Settings& settings);
Recipe read_precision(Settings& settings);
Recipe read_recall(Settings& settings);
Recipe read_sensitivity_at_specificity(Settings& settings);
Recipe read_specificity_at_sensitivity(Settings& settings);
Recipe read_precision_at_recall(Settings& settings);
Recipe read_recall_at_precision(Settings& settings);

}  // namespace antler::metrics
