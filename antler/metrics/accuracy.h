// How often predictions are right: Keras's accuracies (3.15).
#pragma once

#include <string>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

struct AccuracyOptions {
  std::string name = {};
};
/// Element by element: where y_true == y_pred. As many targets as predictions.
Metric Accuracy(const AccuracyOptions& options = {});
/// Row by row: where both are largest in the same column. As many rows.
Metric CategoricalAccuracy(const AccuracyOptions& options = {});
/// Row by row: where y_true is the column that y_pred is largest in. A target for each row.
Metric SparseCategoricalAccuracy(const AccuracyOptions& options = {});

struct BinaryAccuracyOptions {
  double threshold = 0.5;
  std::string name = {};
};
/// Element by element: where y_true == (y_pred > threshold). As many targets as predictions.
Metric BinaryAccuracy(const BinaryAccuracyOptions& options = {});

struct TopKOptions {
  int k = 5;
  std::string name = {};
};
/// Row by row: where fewer than `k` columns of y_pred are above the one that y_true is largest in.
Metric TopKCategoricalAccuracy(const TopKOptions& options = {});

struct SparseTopKOptions {
  int k = 5;
  /// Predictions are columns' numbers, best first, and not a score for each column.
  bool from_sorted_ids = false;
  std::string name = {};
};
/// The same for the column that y_true is.
Metric SparseTopKCategoricalAccuracy(const SparseTopKOptions& options = {});

Recipe read_accuracy(Settings& settings);
Recipe read_binary_accuracy(Settings& settings);
Recipe read_categorical_accuracy(Settings& settings);
Recipe read_sparse_categorical_accuracy(Settings& settings);
Recipe read_top_k_categorical_accuracy(Settings& settings);
Recipe read_sparse_top_k_categorical_accuracy(Settings& settings);

}  // namespace antler::metrics
