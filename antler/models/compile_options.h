// What compile() is given: the optimizer, and for each output of a model its loss and metrics.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "antler/losses/loss.h"
#include "antler/metrics/metric.h"
#include "antler/optimizers/optimizer.h"

namespace antler {

/// Values for the outputs of a model: in the outputs' order, or by the names of the layers that give them.
template <typename T>
struct PerOutput {
  std::vector<T> values;
  /// As many as values, or none.
  std::vector<std::string> names = {};
};

/// One loss, or one for each output: `.loss = "mse"`, `.loss = {"mse", "mae"}`,
/// `.loss = {{"price", "mse"}, {"kind", "categorical_crossentropy"}}`. An output may have none: std::nullopt.
class Losses {
 public:
  using Each = std::optional<losses::Loss>;
  Losses(const char* one) : losses_{{one}} {}          // NOLINT(google-explicit-constructor)
  Losses(const std::string& one) : losses_{{one}} {}   // NOLINT(google-explicit-constructor)
  Losses(const losses::Loss& one) : losses_{{one}} {}  // NOLINT(google-explicit-constructor)
  Losses(std::initializer_list<Each> several) : losses_{several} {}
  Losses(std::initializer_list<std::pair<std::string, Each>> by_name);
  explicit Losses(std::vector<Each> several) : losses_{std::move(several)} {}

  size_t size() const { return losses_.values.size(); }
  /// The first that there is. Throws Error when there is none.
  const losses::Loss& front() const;
  /// Of output `index`; a single loss serves for all.
  const Each& of_output(size_t index) const {
    return size() == 1 ? losses_.values[0] : losses_.values.at(index);
  }
  /// In the order of `outputs`. Throws Error unless there is one for all, or one for each, and not none at
  /// all.
  Losses in_order(const std::vector<std::string>& outputs) const;

 private:
  explicit Losses(PerOutput<Each> losses) : losses_(std::move(losses)) {}
  PerOutput<Each> losses_;
};

/// The metrics of the only output, `.metrics = {"accuracy", "auc"}`; of several outputs one each,
/// `.metrics = {"accuracy", "mae"}`, or any number each by name, `.metrics = {{"kind", {"accuracy",
/// "auc"}}}`.
class Metrics {
 public:
  using Each = std::vector<metrics::Metric>;
  Metrics() = default;
  Metrics(std::initializer_list<metrics::Metric> flat) : flat_(flat) {}
  Metrics(std::initializer_list<std::pair<std::string, Each>> by_name);
  Metrics(Each flat) : flat_(std::move(flat)) {}  // NOLINT(google-explicit-constructor)
  /// A list for each output.
  explicit Metrics(std::vector<Each> lists) : lists_{std::move(lists)} {}

  /// All of them, output by output.
  Each all() const;
  /// Of output `index`, after in_order().
  const Each& of_output(size_t index) const { return lists_.values.at(index); }
  /// A list for each of `outputs`. Throws Error when there are not as many, or one is for an output that is
  /// not there.
  Metrics in_order(const std::vector<std::string>& outputs) const;

 private:
  Each flat_;
  PerOutput<Each> lists_;
};

/// How much each output's loss counts in the sum that is made small: `.loss_weights = {1, 0.5}`, or by name;
/// those not named count 1.
class LossWeights {
 public:
  LossWeights() = default;
  LossWeights(std::initializer_list<double> several) : weights_{several} {}
  LossWeights(std::initializer_list<std::pair<std::string, double>> by_name);
  // NOLINTNEXTLINE(google-explicit-constructor)
  LossWeights(std::vector<double> several) : weights_{std::move(several)} {}

  bool empty() const { return weights_.values.empty(); }
  const std::vector<double>& values() const { return weights_.values; }
  double of_output(size_t index) const { return empty() ? 1.0 : weights_.values.at(index); }
  /// In the order of `outputs`. Throws Error when there are not as many, or one is for an output that is not
  /// there.
  LossWeights in_order(const std::vector<std::string>& outputs) const;

 private:
  PerOutput<double> weights_;
};

struct CompileOptions {
  optimizers::Optimizer optimizer = "rmsprop";
  Losses loss = "categorical_crossentropy";
  Metrics metrics = {};
  LossWeights loss_weights = {};
  /// Metrics in which samples count by their weights.
  Metrics weighted_metrics = {};

  /// With losses, metrics and weights for each of `outputs`, by name or not. Throws Error when they do not
  /// fit.
  CompileOptions in_order(const std::vector<std::string>& outputs) const;
};

}  // namespace antler
