// Compares metrics with numbers from Keras.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "antler/metrics/metric.h"

namespace antler::metrics {

/// What the metric gives for these targets and predictions, counted in two batches, the first of one row.
inline std::vector<double> results_of(Metric metric, const Tensor& y_true, const Tensor& y_pred,
                                      const std::vector<float>& sample_weights = {}) {
  metric.resolve(y_true.shape(), y_pred.shape());
  const std::span<const float> weights(sample_weights);
  const size_t weights_of_a_row = weights.size() / static_cast<size_t>(y_pred.rows());
  metric.update(y_true.rows(0, 1), y_pred.rows(0, 1), weights.first(weights_of_a_row));
  metric.update(y_true.rows(1, y_true.rows()), y_pred.rows(1, y_pred.rows()),
                weights.subspan(weights_of_a_row));
  return metric.results();
}

inline void expect_results(const Metric& metric, const Tensor& y_true, const Tensor& y_pred,
                           const std::vector<double>& expected,
                           const std::vector<float>& sample_weights = {}) {
  const std::vector<double> found = results_of(metric, y_true, y_pred, sample_weights);
  ASSERT_EQ(found.size(), expected.size()) << metric.name();
  for (size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 2e-6) << metric.name();
}

}  // namespace antler::metrics
