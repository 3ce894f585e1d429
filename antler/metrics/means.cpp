#include "antler/metrics/means.h"

#include <cmath>
#include <utility>

#include "antler/core/error.h"
#include "antler/metrics/counting.h"

namespace antler::metrics {
namespace {

void add_mean(const SampleValues& batch, std::span<const float> sample_weights, State& state) {
  begin(state, 2);
  const auto count = static_cast<int64_t>(batch.values.size());
  if (count == 0 || batch.samples == 0) return;
  const Weights weights(sample_weights, count);
  const bool masked = !sample_weights.empty() && !batch.mask.empty();
  double total = 0.0;
  double weight = 0.0;
  for (int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<size_t>(i);
    const double counts = masked ? weights[i] * double{batch.mask[at]} : weights[i];
    total += counts * double{batch.values[at]};
    weight += counts;
  }
  const double values_of_each = static_cast<double>(count) / static_cast<double>(batch.samples);
  state[0] += total / values_of_each;
  state[1] += weight / values_of_each;
}

std::vector<double> quotient(const State& state) {
  const State sums = begun(state, 2);
  return {divide(sums[0], sums[1])};
}

SampleValues all_values(const Batch& batch) {
  const std::span<const float> values = batch.y_pred.span();
  return {.values = {values.begin(), values.end()},
          .samples = batch.y_pred.shape.rank() == 0 ? 1 : batch.y_pred.shape[0]};
}

void refuse_targets(const Shape& /*y_true*/, const Shape& /*y_pred*/) {
  throw Error("it is a metric of values, not of targets and predictions");
}

SampleValues squared_errors(const Batch& batch) {
  check_equal_elements(batch.y_true.shape, batch.y_pred.shape);
  SampleValues squares{.values = {}, .samples = batch.y_pred.shape[0]};
  for (int64_t i = 0; i < batch.y_pred.size(); ++i) {
    const float error = batch.y_pred.data[i] - batch.y_true.data[i];
    squares.values.push_back(error * error);
  }
  return squares;
}

Metric of_class(const char* class_name, const ValueOptions& options) {
  return Metric::of_class(class_name, options.name);
}

}  // namespace

Recipe mean_of(std::function<SampleValues(const Batch& batch)> values,
               std::function<void(const Shape& y_true, const Shape& y_pred)> check) {
  const auto update = [values = std::move(values)](const Batch& batch, State& state) {
    add_mean(values(batch), batch.sample_weights, state);
  };
  return {.check = std::move(check), .update = update, .result = quotient};
}

Recipe read_mean(Settings& /*settings*/) {
  return mean_of(all_values, refuse_targets);
}

Recipe read_sum(Settings& /*settings*/) {
  const auto update = [](const Batch& batch, State& state) {
    begin(state, 1);
    const Weights weights(batch.sample_weights, batch.y_pred.size());
    for (int64_t i = 0; i < batch.y_pred.size(); ++i) state[0] += weights[i] * double{batch.y_pred.data[i]};
  };
  const auto result = [](const State& state) { return std::vector{state.empty() ? 0.0 : state[0]}; };
  return {.check = refuse_targets, .update = update, .result = result};
}

Recipe read_root_mean_squared_error(Settings& /*settings*/) {
  Recipe recipe = mean_of(squared_errors, check_equal_elements);
  recipe.result = [](const State& state) { return std::vector{std::sqrt(quotient(state)[0])}; };
  return recipe;
}

Metric Mean(const ValueOptions& options) {
  return of_class("Mean", options);
}
Metric Sum(const ValueOptions& options) {
  return of_class("Sum", options);
}
Metric RootMeanSquaredError(const ValueOptions& options) {
  return of_class("RootMeanSquaredError", options);
}

}  // namespace antler::metrics
