#include "antler/metrics/r2_score.h"

#include <cmath>
#include <numeric>

#include "antler/core/error.h"
#include "antler/metrics/counting.h"

namespace antler::metrics {
namespace {

// What is summed of one column; all columns' numbers follow the number of targets seen.
struct Column {
  double weight = 0.0;
  double sum = 0.0;
  double squares = 0.0;
  double errors = 0.0;

  double variance() const { return squares - sum * (sum / weight); }
  double score() const {
    const double score = 1.0 - errors / variance();
    return std::isinf(score) ? 0.0 : score;
  }
};

constexpr size_t numbers_of_a_column = 4;

std::vector<Column> read_columns(const State& state) {
  std::vector<Column> all;
  for (size_t at = 1; at + numbers_of_a_column <= state.size(); at += numbers_of_a_column)
    all.push_back({state[at], state[at + 1], state[at + 2], state[at + 3]});
  return all;
}

std::vector<double> aggregated(const std::vector<Column>& columns, const std::string& aggregation) {
  std::vector<double> scores;
  for (const Column& column : columns) scores.push_back(column.score());
  if (aggregation.empty()) return scores;
  const bool by_variance = aggregation == "variance_weighted_average";
  double total = 0.0;
  double weight = 0.0;
  for (size_t i = 0; i < columns.size(); ++i) {
    const double counts = by_variance ? columns[i].variance() : 1.0;
    total += counts * scores[i];
    weight += counts;
  }
  return {total / weight};
}

// As in Keras, where there are too few samples the score stays as it is.
double adjusted(double score, double samples, double regressors) {
  if (regressors == 0.0 || regressors >= samples - 1.0) return score;
  return 1.0 - (1.0 - score) * (samples - 1.0) / (samples - regressors - 1.0);
}

void add_row(const float* targets, const float* predictions, size_t columns, double weight, State& state) {
  for (size_t c = 0; c < columns; ++c) {
    const auto y = double{targets[c]};
    const double error = y - double{predictions[c]};
    double* numbers = &state[1 + numbers_of_a_column * c];
    numbers[0] += weight;
    numbers[1] += weight * y;
    numbers[2] += weight * y * y;
    numbers[3] += weight * error * error;
  }
}

void check(const Shape& y_true, const Shape& y_pred) {
  check_equal_elements(y_true, y_pred);
  if (y_pred.rank() != 2) refuse_shapes(y_true, y_pred);
}

void update(const Batch& batch, State& state) {
  check(batch.y_true.shape, batch.y_pred.shape);
  const int64_t rows = batch.y_pred.shape[0];
  const int64_t columns = batch.y_pred.shape[1];
  begin(state, 1 + numbers_of_a_column * static_cast<size_t>(columns));
  const Weights weights(batch.sample_weights, rows);
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t at = row * columns;
    add_row(batch.y_true.data + at, batch.y_pred.data + at, static_cast<size_t>(columns), weights[row],
            state);
  }
  state[0] += static_cast<double>(rows * columns);  // Keras takes each target for a sample
}

}  // namespace

Recipe read_r2_score(Settings& settings) {
  std::string aggregation = settings.text("class_aggregation", "uniform_average");
  const bool is_null = settings.has("class_aggregation") && settings.raw("class_aggregation").is_null();
  if (is_null) aggregation.clear();
  if (!aggregation.empty() && aggregation != "uniform_average" &&
      aggregation != "variance_weighted_average") {
    throw Error(
        "{}: \"class_aggregation\" is \"{}\"; expected \"uniform_average\", "
        "\"variance_weighted_average\" or null",
        settings.where(), aggregation);
  }
  const int64_t regressors = settings.integer("num_regressors", 0);
  if (regressors < 0)
    throw Error("{}: \"num_regressors\" is {}; expected 0 or more", settings.where(), regressors);
  const auto result = [aggregation, regressors](const State& state) {
    if (state.empty()) return std::vector{0.0};
    std::vector<double> scores = aggregated(read_columns(state), aggregation);
    for (double& score : scores) score = adjusted(score, state[0], static_cast<double>(regressors));
    return scores;
  };
  return {.config = {{"class_aggregation", aggregation.empty() ? Json() : Json(aggregation)},
                     {"num_regressors", regressors}},
          .check = check,
          .update = update,
          .result = result};
}

Metric R2Score(const R2Options& options) {
  return Metric::of_class(
      "R2Score", options.name,
      {{"class_aggregation", options.class_aggregation.empty() ? Json() : Json(options.class_aggregation)},
       {"num_regressors", options.num_regressors}});
}

}  // namespace antler::metrics
