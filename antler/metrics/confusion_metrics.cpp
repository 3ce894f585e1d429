#include "antler/metrics/confusion_metrics.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/metrics/threshold_counts.h"
#include "antler/metrics/thresholds_config.h"

namespace antler::metrics {
namespace {

using Counts = ThresholdCounts;
using Block = std::vector<double> Counts::*;

std::vector<float> in_float(const std::vector<double>& numbers) {
  return {numbers.begin(), numbers.end()};
}

// The settings that say how to count become `counting`; `result` sees the counts.
template <typename Result>
Recipe recipe_of(const ThresholdCounting& counting, const Result& result) {
  const size_t thresholds = counting.thresholds.size();
  return {.check = [counting](const Shape& y_true, const Shape& y_pred) { counting.check(y_true, y_pred); },
          .update = [counting](const Batch& batch, State& state) { counting.count(batch, state); },
          .result = [thresholds, result](const State& state) { return result(Counts(state, thresholds)); }};
}

ThresholdCounting counting_at(const std::vector<double>& thresholds) {
  return {.thresholds = in_float(thresholds), .evenly = are_even(thresholds)};
}

Recipe read_count(Settings& settings, Block block) {
  const std::optional<std::vector<double>> given = read_thresholds(settings);
  Recipe recipe = recipe_of(counting_at(given.value_or(std::vector{0.5})),
                            [block](const Counts& counts) { return counts.*block; });
  recipe.config["thresholds"] = settings.raw("thresholds");
  return recipe;
}

// True positives among them and `others`.
Recipe read_share(Settings& settings, Block others) {
  const std::optional<std::vector<double>> given = read_thresholds(settings);
  const std::optional<int64_t> top_k = settings.optional_integer("top_k", {});
  const std::optional<int64_t> class_id = settings.optional_integer("class_id", {});
  ThresholdCounting counting = counting_at(given.value_or(std::vector{top_k ? -1e10 : 0.5}));
  counting.top_k = top_k;
  counting.class_id = class_id;
  Recipe recipe = recipe_of(
      counting, [others](const Counts& counts) { return shares(counts.true_positives, counts.*others); });
  recipe.config = {{"thresholds", settings.raw("thresholds")},
                   {"top_k", optional_config(top_k)},
                   {"class_id", optional_config(class_id)}};
  return recipe;
}

using Curve = std::vector<double> (*)(const Counts& counts);

std::vector<double> recalls(const Counts& counts) {
  return shares(counts.true_positives, counts.false_negatives);
}
std::vector<double> precisions(const Counts& counts) {
  return shares(counts.true_positives, counts.false_positives);
}
std::vector<double> specificities(const Counts& counts) {
  return shares(counts.true_negatives, counts.false_positives);
}

std::vector<double> even_thresholds(int64_t count) {
  if (count == 1) return {0.5};
  std::vector<double> all = inner_thresholds(count);
  all.insert(all.begin(), 0.0);
  all.push_back(1.0);
  return all;
}

// The best of `wanted` where `constrained`, which the setting is called after, is as high as the setting.
Recipe read_at(Settings& settings, const char* setting, Curve constrained, Curve wanted) {
  const double least = settings.number(setting, -1.0);
  if (!(least >= 0.0 && least <= 1.0))
    throw Error("{}: \"{}\" is {}; expected 0 to 1", settings.where(), setting,
                dump_json(settings.raw(setting)));
  const int64_t count = read_num_thresholds(settings, 1);
  const std::optional<int64_t> class_id = settings.optional_integer("class_id", {});
  ThresholdCounting counting{.thresholds = in_float(even_thresholds(count)), .evenly = count > 1};
  counting.class_id = class_id;
  const auto best = [=](const Counts& counts) {
    const std::vector<double> bound = constrained(counts);
    const std::vector<double> values = wanted(counts);
    double most = 0.0;
    for (size_t i = 0; i < values.size(); ++i) {
      if (bound[i] >= least) most = std::max(most, values[i]);
    }
    return std::vector{most};
  };
  Recipe recipe = recipe_of(counting, best);
  recipe.config = {{"class_id", optional_config(class_id)}, {"num_thresholds", count}, {setting, least}};
  return recipe;
}

Metric of_count(const char* class_name, const CountOptions& options) {
  return Metric::of_class(class_name, options.name, {{"thresholds", thresholds_config(options.thresholds)}});
}

Metric of_share(const char* class_name, const PrecisionOptions& options) {
  return Metric::of_class(class_name, options.name,
                          {{"thresholds", thresholds_config(options.thresholds)},
                           {"top_k", optional_config(options.top_k)},
                           {"class_id", optional_config(options.class_id)}});
}

Metric at(const char* class_name, const char* setting, double value, const AtOptions& options) {
  return Metric::of_class(class_name, options.name,
                          {{setting, value},
                           {"num_thresholds", options.num_thresholds},
                           {"class_id", optional_config(options.class_id)}});
}

}  // namespace

Recipe read_true_positives(Settings& settings) {
  return read_count(settings, &Counts::true_positives);
}
Recipe read_true_negatives(Settings& settings) {
  return read_count(settings, &Counts::true_negatives);
}
Recipe read_false_positives(Settings& settings) {
  return read_count(settings, &Counts::false_positives);
}
Recipe read_false_negatives(Settings& settings) {
  return read_count(settings, &Counts::false_negatives);
}
Recipe read_precision(Settings& settings) {
  return read_share(settings, &Counts::false_positives);
}
Recipe read_recall(Settings& settings) {
  return read_share(settings, &Counts::false_negatives);
}
Recipe read_sensitivity_at_specificity(Settings& settings) {
  return read_at(settings, "specificity", specificities, recalls);
}
Recipe read_specificity_at_sensitivity(Settings& settings) {
  return read_at(settings, "sensitivity", recalls, specificities);
}
Recipe read_precision_at_recall(Settings& settings) {
  return read_at(settings, "recall", recalls, precisions);
}
Recipe read_recall_at_precision(Settings& settings) {
  return read_at(settings, "precision", precisions, recalls);
}

Metric TruePositives(const CountOptions& options) {
  return of_count("TruePositives", options);
}
Metric TrueNegatives(const CountOptions& options) {
  return of_count("TrueNegatives", options);
}
Metric FalsePositives(const CountOptions& options) {
  return of_count("FalsePositives", options);
}
Metric FalseNegatives(const CountOptions& options) {
  return of_count("FalseNegatives", options);
}
Metric Precision(const PrecisionOptions& options) {
  return of_share("Precision", options);
}
Metric Recall(const PrecisionOptions& options) {
  return of_share("Recall", options);
}
Metric SensitivityAtSpecificity(double specificity, const AtOptions& options) {
  return at("SensitivityAtSpecificity", "specificity", specificity, options);
}
Metric SpecificityAtSensitivity(double sensitivity, const AtOptions& options) {
  return at("SpecificityAtSensitivity", "sensitivity", sensitivity, options);
}
Metric PrecisionAtRecall(double recall, const AtOptions& options) {
  return at("PrecisionAtRecall", "recall", recall, options);
}
Metric RecallAtPrecision(double precision, const AtOptions& options) {
  return at("RecallAtPrecision", "precision", precision, options);
}

}  // namespace antler::metrics
