// How much of the targets' variance predictions explain: Keras 3.15's R2Score.
#pragma once

#include <string>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

struct R2Options {
  /// "uniform_average" or "variance_weighted_average" of the columns' scores; "": one result a column.
  std::string class_aggregation = "uniform_average";
  /// How many numbers a model predicts from, for the adjusted score; 0: the plain one.
  int num_regressors = 0;
  std::string name = {};
};
/// 1 - sum((y - p)^2) / sum((y - mean(y))^2) of each column; both (batch, columns).
Metric R2Score(const R2Options& options = {});

Recipe read_r2_score(Settings& settings);

}  // namespace antler::metrics
