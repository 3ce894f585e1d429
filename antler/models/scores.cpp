#include "antler/models/scores.h"

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/models/metric_names.h"

namespace antler {

Scores::Scores(const Model::State& model, const std::vector<Shape>& targets) {
  const CompileOptions& compiled = *model.compiled;
  const std::vector<std::string> outputs = model.output_names();
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (!compiled.loss.of_output(i)) continue;
    losses_.push_back({i, compiled.loss_weights.of_output(i), outputs[i] + "_loss", {}});
  }
  add_metrics(compiled.metrics, false, outputs);
  add_metrics(compiled.weighted_metrics, true, outputs);
  MetricNames names;
  for (OutputMetric& each : metrics_) {
    each.metric.resolve(targets[each.output], model.shape_of(model.outputs[each.output]));
    each.name = names.next(outputs.size() > 1 ? outputs[each.output] : "", each.metric.name(), each.weighted);
  }
  reset();
}

void Scores::add_metrics(const Metrics& metrics, bool weighted, const std::vector<std::string>& outputs) {
  for (size_t i = 0; i < outputs.size(); ++i) {
    for (const metrics::Metric& metric : metrics.of_output(i)) metrics_.push_back({i, weighted, "", metric});
  }
}

void Scores::BatchMean::add(double value, int64_t weight) {
  total += value * static_cast<double>(weight);
  count += static_cast<double>(weight);
}

void Scores::reset() {
  loss_ = {};
  for (OutputLoss& each : losses_) each.mean = {};
  for (OutputMetric& each : metrics_) each.metric.reset();
}

void Scores::update(const Step& step, std::span<const ConstView> targets,
                    std::span<const float> sample_weights) {
  double loss = step.penalty();
  for (OutputLoss& each : losses_) {
    const double of_output = step.loss(each.output, sample_weights);
    each.mean.add(of_output, 1);
    loss += each.weight * of_output;
  }
  loss_.add(loss, step.batch());
  for (OutputMetric& each : metrics_) {
    each.metric.update(targets[each.output], step.predictions(each.output),
                       each.weighted ? sample_weights : std::span<const float>());
  }
}

callbacks::Logs Scores::logs(const std::string& prefix) const {
  std::vector<std::pair<std::string, std::vector<double>>> entries = {{prefix + "loss", {loss_.value()}}};
  for (const OutputLoss& each : losses_) {
    if (losses_.size() > 1) entries.push_back({prefix + each.name, {each.mean.value()}});
  }
  for (const OutputMetric& each : metrics_) entries.emplace_back(prefix + each.name, each.metric.results());
  std::ranges::stable_sort(entries, {}, [](const auto& entry) { return entry.first; });
  callbacks::Logs logs;
  for (const auto& [name, values] : entries) {
    for (size_t i = 0; i < values.size(); ++i) {
      logs.emplace_back(values.size() == 1 ? name : fmt::format("{}[{}]", name, i), values[i]);
    }
  }
  return logs;
}

std::vector<std::vector<double>> Scores::sums() const {
  std::vector<std::vector<double>> sums = {{loss_.total, loss_.count}};
  for (const OutputLoss& each : losses_) {
    if (losses_.size() > 1) sums.push_back({each.mean.total, each.mean.count});
  }
  for (const OutputMetric& each : metrics_) sums.push_back(each.metric.state());
  return sums;
}

void Scores::restore(const std::vector<std::vector<double>>& sums) {
  const size_t losses = losses_.size() > 1 ? 1 + losses_.size() : 1;
  const bool fits = sums.size() == losses + metrics_.size() &&
                    std::ranges::all_of(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(losses),
                                        [](const auto& each) { return each.size() == 2; });
  if (!fits) {
    throw Error("a cut training run has sums of {} losses and metrics; the model has {}", sums.size(),
                losses + metrics_.size());
  }
  loss_ = {sums[0][0], sums[0][1]};
  for (size_t i = 1; i < losses; ++i) losses_[i - 1].mean = {sums[i][0], sums[i][1]};
  for (size_t i = 0; i < metrics_.size(); ++i) metrics_[i].metric.restore(sums[losses + i]);
}

}  // namespace antler
