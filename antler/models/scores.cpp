#include "antler/models/scores.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler {

Scores::Scores(const CompileOptions& compiled, const Shape& targets, const Shape& predictions) : metrics_(compiled.metrics) {
  for (metrics::Metric& metric : metrics_) {
    metric.resolve(targets, predictions);
    metric.reset();
  }
}

void Scores::reset() {
  loss_total_ = loss_count_ = 0.0;
  for (metrics::Metric& metric : metrics_) metric.reset();
}

void Scores::update(ConstView targets, ConstView predictions, ConstView losses) {
  for (float loss : losses.span()) loss_total_ += double{loss};
  loss_count_ += static_cast<double>(losses.size());
  for (metrics::Metric& metric : metrics_) metric.update(targets, predictions);
}

callbacks::Logs Scores::logs(const std::string& prefix) const {
  callbacks::Logs logs{{prefix + "loss", loss_count_ > 0.0 ? loss_total_ / loss_count_ : 0.0}};
  for (const metrics::Metric& metric : metrics_) logs.emplace_back(prefix + metric.name(), metric.result());
  std::ranges::sort(logs);
  return logs;
}

std::vector<std::pair<double, double>> Scores::sums() const {
  std::vector<std::pair<double, double>> sums{{loss_total_, loss_count_}};
  for (const metrics::Metric& metric : metrics_) sums.emplace_back(metric.total(), metric.count());
  return sums;
}

void Scores::restore(const std::vector<std::pair<double, double>>& sums) {
  if (sums.size() != metrics_.size() + 1) {
    throw Error("a cut training run has sums of {} metrics; the model has {}", sums.size(), metrics_.size() + 1);
  }
  std::tie(loss_total_, loss_count_) = sums.front();
  for (size_t i = 0; i < metrics_.size(); ++i) metrics_[i].restore(sums[i + 1].first, sums[i + 1].second);
}

}  // namespace antler
