// How much predictions go along with targets: Keras's metrics over lines along an axis (3.15).
#pragma once

#include <string>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

struct CorrelationOptions {
  /// The axis along which a line lies, (batch, ...): 0 is the batch axis.
  int axis = -1;
  std::string name = {};
};
/// sum(y p) / (|y| |p|), norms at least 1e-7: from -1 to 1, the same direction. The loss of this name has the
/// opposite sign.
Metric CosineSimilarity(const CorrelationOptions& options = {});
/// The covariance over both standard deviations; NaN for a line of equal numbers, as in Keras.
Metric PearsonCorrelation(const CorrelationOptions& options = {});
/// The mean of 2 (y - mean(p)) (p - mean(p)) over var(y) + var(p) + (mean(y) - mean(p))^2 + 1e-7: Keras's
/// formula.
Metric ConcordanceCorrelation(const CorrelationOptions& options = {});

Recipe read_cosine_similarity(Settings& settings);
Recipe read_pearson_correlation(Settings& settings);
Recipe read_concordance_correlation(Settings& settings);

}  // namespace antler::metrics
