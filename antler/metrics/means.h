// Running means and sums over samples: what most metrics are.
#pragma once

#include <functional>
#include <span>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

/// Of the values that a sample has, the mean counts.
struct SampleValues {
  /// As many for each sample.
  std::vector<float> values;
  int64_t samples = 0;
  /// What each value weighs beside its sample's weight; as in Keras, for weighted samples alone. Empty: 1.
  std::vector<float> mask = {};
};

/// A metric that is the mean over all samples, by weight, of what `values` gives for a batch. State: (total,
/// count).
Recipe mean_of(std::function<SampleValues(const Batch& batch)> values,
               std::function<void(const Shape& y_true, const Shape& y_pred)> check);

struct ValueOptions {
  std::string name = {};
};
/// Metrics of values, for update(values), not of targets and predictions: not for compile().
Metric Mean(const ValueOptions& options = {});
Metric Sum(const ValueOptions& options = {});
/// The root of the mean of squared errors over all that was seen.
Metric RootMeanSquaredError(const ValueOptions& options = {});

Recipe read_mean(Settings& settings);
Recipe read_sum(Settings& settings);
Recipe read_root_mean_squared_error(Settings& settings);

}  // namespace antler::metrics
