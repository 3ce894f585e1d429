#include "antler/metrics/f_score.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "antler/core/error.h"
#include "antler/metrics/counting.h"

namespace antler::metrics {
namespace {

constexpr double epsilon = 1e-7;

// What is counted of one class.
struct ClassCounts {
  double true_positives = 0.0;
  double false_positives = 0.0;
  double false_negatives = 0.0;
  double targets = 0.0;

  double score(double beta) const {
    const double precision = true_positives / (true_positives + false_positives + epsilon);
    const double recall = true_positives / (true_positives + false_negatives + epsilon);
    const double square = beta * beta;
    return precision * recall / (square * precision + recall + epsilon) * (1.0 + square);
  }
};

constexpr size_t numbers_of_a_class = 4;

std::vector<ClassCounts> read_counts(const State& state) {
  std::vector<ClassCounts> all;
  for (size_t at = 0; at + numbers_of_a_class <= state.size(); at += numbers_of_a_class)
    all.push_back({state[at], state[at + 1], state[at + 2], state[at + 3]});
  return all.empty() ? std::vector<ClassCounts>(1) : all;
}

ClassCounts sum_of(const std::vector<ClassCounts>& classes) {
  ClassCounts sum;
  for (const ClassCounts& each : classes) {
    sum.true_positives += each.true_positives;
    sum.false_positives += each.false_positives;
    sum.false_negatives += each.false_negatives;
    sum.targets += each.targets;
  }
  return sum;
}

std::vector<double> averaged(const std::vector<ClassCounts>& classes, const std::string& average,
                             double beta) {
  const ClassCounts sum = sum_of(classes);
  if (average == "micro") return {sum.score(beta)};
  std::vector<double> scores;
  for (const ClassCounts& each : classes) scores.push_back(each.score(beta));
  if (average.empty()) return scores;
  double mean = 0.0;
  for (size_t i = 0; i < classes.size(); ++i) {
    mean += scores[i] * (average == "macro" ? 1.0 / static_cast<double>(classes.size())
                                            : classes[i].targets / (sum.targets + epsilon));
  }
  return {mean};
}

void count_row(const float* targets, const float* predictions, size_t classes, double weight,
               const std::optional<double>& threshold, State& state) {
  const float highest = *std::max_element(predictions, predictions + classes);
  for (size_t c = 0; c < classes; ++c) {
    const float p = predictions[c];
    const bool positive =
        threshold ? p > static_cast<float>(*threshold) : p >= highest && std::abs(p) > 1e-9F;
    const auto target = double{targets[c]};
    double* counts = &state[numbers_of_a_class * c];
    counts[0] += positive ? weight * target : 0.0;
    counts[1] += positive ? weight * (1.0 - target) : 0.0;
    counts[2] += positive ? 0.0 : weight * target;
    counts[3] += weight * target;
  }
}

Recipe read_score(Settings& settings, double beta) {
  const std::string average = settings.text("average", "");
  if (!average.empty() && average != "micro" && average != "macro" && average != "weighted") {
    throw Error("{}: \"average\" is \"{}\"; expected \"micro\", \"macro\", \"weighted\" or null",
                settings.where(), average);
  }
  if (!(beta > 0.0)) throw Error("{}: \"beta\" is {}; expected more than 0", settings.where(), beta);
  std::optional<double> threshold;
  if (!settings.raw("threshold").is_null()) threshold = settings.number("threshold", 0.0);
  if (threshold && !(*threshold > 0.0 && *threshold <= 1.0))
    throw Error("{}: \"threshold\" is {}; expected more than 0, up to 1", settings.where(), *threshold);
  const auto update = [threshold](const Batch& batch, State& state) {
    check_matrices(batch.y_true.shape, batch.y_pred.shape);
    const int64_t rows = batch.y_pred.shape[0];
    const auto classes = static_cast<size_t>(batch.y_pred.shape[1]);
    begin(state, numbers_of_a_class * classes);
    const Weights weights(batch.sample_weights, rows);
    for (int64_t row = 0; row < rows && classes > 0; ++row) {
      const int64_t at = row * batch.y_pred.shape[1];
      count_row(batch.y_true.data + at, batch.y_pred.data + at, classes, weights[row], threshold, state);
    }
  };
  return {
      .config = {{"average", average.empty() ? Json() : Json(average)},
                 {"threshold", threshold ? Json(*threshold) : Json()}},
      .check = check_matrices,
      .update = update,
      .result = [average, beta](const State& state) { return averaged(read_counts(state), average, beta); }};
}

template <typename Options>
Json config_of(const Options& options) {
  return {{"average", options.average.empty() ? Json() : Json(options.average)},
          {"threshold", options.threshold ? Json(*options.threshold) : Json()}};
}

}  // namespace

Recipe read_f1_score(Settings& settings) {
  return read_score(settings, 1.0);
}

Recipe read_fbeta_score(Settings& settings) {
  const double beta = settings.number("beta", 1.0);
  Recipe recipe = read_score(settings, beta);
  recipe.config["beta"] = beta;
  return recipe;
}

Metric F1Score(const F1Options& options) {
  return Metric::of_class("F1Score", options.name, config_of(options));
}

Metric FBetaScore(const FBetaOptions& options) {
  Json config = config_of(options);
  config["beta"] = options.beta;
  return Metric::of_class("FBetaScore", options.name, config);
}

}  // namespace antler::metrics
