// Precision and recall in one number: Keras 3.15's FBetaScore and F1Score.
#pragma once

#include <optional>
#include <string>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

struct F1Options {
  /// "": one result a class. "micro": of all classes together; "macro": their mean; "weighted": their mean by
  /// how often each is the target.
  std::string average = {};
  /// In (0, 1]: what a prediction must be above to be positive. Empty: it must be the highest of its row, and
  /// not 0.
  std::optional<double> threshold = {};
  std::string name = {};
};
/// Targets one-hot, both (batch, classes).
Metric F1Score(const F1Options& options = {});

struct FBetaOptions {
  std::string average = {};
  /// Above 0: how many times as much recall counts as precision.
  double beta = 1.0;
  std::optional<double> threshold = {};
  std::string name = {};
};
Metric FBetaScore(const FBetaOptions& options = {});

Recipe read_f1_score(Settings& settings);
Recipe read_fbeta_score(Settings& settings);

}  // namespace antler::metrics
