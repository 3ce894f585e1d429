// Loss and metrics of an epoch or an evaluation, as running means, by Keras's names (3.15).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "antler/models/step.h"

namespace antler {

class Scores {
 public:
  /// Metrics that depend on shapes are settled by those of the targets of each output, batch axis included.
  Scores(const Model::State& model, const std::vector<Shape>& targets);

  void reset();
  /// Counts a batch that went through `step`; a short one by its size. `targets` are the batch's rows for
  /// each output, `sample_weights` weigh its losses and the weighted metrics; empty: 1 each.
  void update(const Step& step, std::span<const ConstView> targets,
              std::span<const float> sample_weights = {});
  /// By name, sorted as Keras sorts them, each name behind `prefix`. A model with losses on several outputs
  /// also has the loss of each, behind the output layer's name: as in Keras the mean over batches, among
  /// which a short one counts as much as the others; only in the sum of them, "loss", does it count by its
  /// size. A metric of several results has an entry for each: "f1_score[0]", "f1_score[1]".
  callbacks::Logs logs(const std::string& prefix = "") const;

  /// What was counted: (total, count) of the loss, then of each output's loss where there are several, then
  /// the state of each metric.
  std::vector<std::vector<double>> sums() const;
  /// Throws Error when they are not as many as sums() gives.
  void restore(const std::vector<std::vector<double>>& sums);

 private:
  /// A mean over batches.
  struct BatchMean {
    double total = 0.0;
    double count = 0.0;
    void add(double value, int64_t weight);
    double value() const { return count > 0.0 ? total / count : 0.0; }
  };
  struct OutputLoss {
    size_t output;
    double weight;
    std::string name;
    BatchMean mean;
  };
  struct OutputMetric {
    size_t output;
    bool weighted;
    std::string name;
    metrics::Metric metric;
  };
  void add_metrics(const Metrics& metrics, bool weighted, const std::vector<std::string>& outputs);

  BatchMean loss_;
  std::vector<OutputLoss> losses_;
  std::vector<OutputMetric> metrics_;
};

}  // namespace antler
