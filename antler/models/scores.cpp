#include "antler/models/scores.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler {

Scores::Scores(const Model::State& model, const std::vector<Shape>& targets) {
  const CompileOptions& compiled = *model.compiled;
  const bool several = model.outputs.size() > 1;
  for (size_t i = 0; i < model.outputs.size(); ++i) {
    const auto call = static_cast<size_t>(model.outputs[i].call);
    Output output;
    if (several) output.prefix = model.calls[call].layer.name() + "_";
    if (!compiled.loss_weights.empty()) output.loss_weight = compiled.loss_weights[i];
    if (!several) {
      output.metrics = compiled.metrics;
    } else if (!compiled.metrics.empty()) {
      output.metrics = {compiled.metrics[i]};
    }
    for (metrics::Metric& metric : output.metrics)
      metric.resolve(targets[i], model.shape_of(model.outputs[i]));
    outputs_.push_back(std::move(output));
  }
  reset();
}

void Scores::reset() {
  penalty_total_ = penalty_count_ = 0.0;
  for (Output& output : outputs_) {
    output.loss_total = output.loss_count = 0.0;
    for (metrics::Metric& metric : output.metrics) metric.reset();
  }
}

void Scores::update(const Step& step, std::span<const ConstView> targets,
                    std::span<const float> sample_weights) {
  penalty_total_ += step.penalty() * static_cast<double>(step.batch());
  penalty_count_ += static_cast<double>(step.batch());
  for (size_t i = 0; i < outputs_.size(); ++i) {
    Output& output = outputs_[i];
    const std::span<const float> losses = step.losses(i).span();
    for (size_t sample = 0; sample < losses.size(); ++sample) {
      output.loss_total +=
          double{losses[sample]} * (sample_weights.empty() ? 1.0 : double{sample_weights[sample]});
    }
    output.loss_count += static_cast<double>(losses.size());
    for (metrics::Metric& metric : output.metrics) metric.update(targets[i], step.predictions(i));
  }
}

callbacks::Logs Scores::logs(const std::string& prefix) const {
  callbacks::Logs logs;
  double loss = penalty_count_ > 0.0 ? penalty_total_ / penalty_count_ : 0.0;
  for (const Output& output : outputs_) {
    loss += output.loss_weight * output.loss();
    if (!output.prefix.empty()) logs.emplace_back(prefix + output.prefix + "loss", output.loss());
    for (const metrics::Metric& metric : output.metrics) {
      logs.emplace_back(prefix + output.prefix + metric.name(), metric.result());
    }
  }
  logs.emplace_back(prefix + "loss", loss);
  std::ranges::sort(logs);
  return logs;
}

std::vector<std::pair<double, double>> Scores::sums() const {
  std::vector<std::pair<double, double>> sums;
  for (const Output& output : outputs_) sums.emplace_back(output.loss_total, output.loss_count);
  sums.emplace_back(penalty_total_, penalty_count_);
  for (const Output& output : outputs_) {
    for (const metrics::Metric& metric : output.metrics) sums.emplace_back(metric.total(), metric.count());
  }
  return sums;
}

void Scores::restore(const std::vector<std::pair<double, double>>& sums) {
  const size_t expected = this->sums().size();
  if (sums.size() != expected) {
    throw Error("a cut training run has sums of {} losses and metrics; the model has {}", sums.size(),
                expected);
  }
  auto next = sums.begin();
  for (Output& output : outputs_) std::tie(output.loss_total, output.loss_count) = *next++;
  std::tie(penalty_total_, penalty_count_) = *next++;
  for (Output& output : outputs_) {
    for (metrics::Metric& metric : output.metrics) {
      metric.restore(next->first, next->second);
      ++next;
    }
  }
}

}  // namespace antler
