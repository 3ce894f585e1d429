// Loss and metrics of an epoch or an evaluation, as running means.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "antler/models/step.h"

namespace antler {

class Scores {
 public:
  /// Metrics that depend on shapes are settled by those of the targets of each output, batch axis included.
  Scores(const Model::State& model, const std::vector<Shape>& targets);

  void reset();
  /// Counts a batch that went through `step`; a short one by its size. `targets` are the batch's rows for
  /// each output, `sample_weights` weigh its losses; empty: 1 each.
  void update(const Step& step, std::span<const ConstView> targets,
              std::span<const float> sample_weights = {});
  /// By name, sorted as Keras sorts them, each name behind `prefix`. A model of several outputs also has the
  /// loss of each, behind the output layer's name.
  callbacks::Logs logs(const std::string& prefix = "") const;

  /// (total, count) of each output's loss, of what regularizers added, then of each metric.
  std::vector<std::pair<double, double>> sums() const;
  /// Throws Error when they are not as many as sums() gives.
  void restore(const std::vector<std::pair<double, double>>& sums);

 private:
  struct Output {
    std::string prefix;  // "dense_1_"; empty for the only output
    double loss_weight = 1.0;
    double loss_total = 0.0;
    double loss_count = 0.0;
    std::vector<metrics::Metric> metrics;
    double loss() const { return loss_count > 0.0 ? loss_total / loss_count : 0.0; }
  };
  std::vector<Output> outputs_;
  /// What regularizers added to the loss, as a mean over samples.
  double penalty_total_ = 0.0;
  double penalty_count_ = 0.0;
};

}  // namespace antler
