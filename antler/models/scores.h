// Loss and metrics of an epoch or an evaluation, as running means.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "antler/models/model.h"

namespace antler {

class Scores {
 public:
  /// Metrics that depend on shapes are settled by those of targets and predictions, batch axis included.
  Scores(const CompileOptions& compiled, const Shape& targets, const Shape& predictions);

  void reset();
  /// Counts a batch; a short one by its size.
  void update(ConstView targets, ConstView predictions, ConstView losses);
  /// By name, sorted as Keras sorts them, each name behind `prefix`.
  callbacks::Logs logs(const std::string& prefix = "") const;

  /// (total, count) of the loss, then of each metric.
  std::vector<std::pair<double, double>> sums() const;
  /// Throws Error when they are not as many as sums() gives.
  void restore(const std::vector<std::pair<double, double>>& sums);

 private:
  double loss_total_ = 0.0;
  double loss_count_ = 0.0;
  std::vector<metrics::Metric> metrics_;
};

}  // namespace antler
