#include "antler/metrics/auc.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/metrics/counting.h"
#include "antler/metrics/threshold_counts.h"
#include "antler/metrics/thresholds_config.h"

namespace antler::metrics {
namespace {

using Counts = ThresholdCounts;

constexpr double epsilon = 1e-7;

struct Area {
  std::string curve;
  std::string summation_method;
  std::vector<double> label_weights;
};

// The points of a curve, from the lowest threshold to the highest.
struct Points {
  std::vector<double> x;
  std::vector<double> y;
};

// Gains over always saying yes: Flach and Kull, 2015, with Keras's values where they are not defined.
Points gains(const Counts& counts) {
  Points points;
  for (size_t i = 0; i < counts.true_positives.size(); ++i) {
    const double tp = counts.true_positives[i];
    const double odds =
        divide(tp + counts.false_negatives[i], counts.true_negatives[i] + counts.false_positives[i]);
    const double recall_gain = tp == 0.0 ? 0.0 : 1.0 - odds * divide(counts.false_negatives[i], tp);
    points.x.push_back(std::max(recall_gain, 0.0));
    points.y.push_back(tp == 0.0 ? 1.0 : 1.0 - odds * divide(counts.false_positives[i], tp));
  }
  return points;
}

Points points_of(const Counts& counts, const std::string& curve) {
  if (curve == "PRGAIN") return gains(counts);
  std::vector<double> recall = shares(counts.true_positives, counts.false_negatives);
  if (curve == "PR") return {std::move(recall), shares(counts.true_positives, counts.false_positives)};
  return {shares(counts.false_positives, counts.true_negatives), std::move(recall)};
}

double height(double left, double right, const std::string& summation_method) {
  if (summation_method == "minoring") return std::min(left, right);
  if (summation_method == "majoring") return std::max(left, right);
  return (left + right) / 2.0;
}

// What lies between thresholds t and t + 1, of one label.
double strip(const Points& points, size_t at, size_t next, const std::string& summation_method) {
  return (points.x[at] - points.x[next]) * height(points.y[at], points.y[next], summation_method);
}

// The same under precision over recall, between whose points precision is no straight line: Davis and
// Goadrich, 2006.
double precision_strip(const Counts& counts, size_t at, size_t next) {
  const double positives = counts.true_positives[at] + counts.false_positives[at];
  const double positives_next = counts.true_positives[next] + counts.false_positives[next];
  const double gained = counts.true_positives[at] - counts.true_positives[next];
  const double slope = divide(gained, std::max(positives - positives_next, 0.0));
  const double intercept = counts.true_positives[next] - slope * positives_next;
  const double ratio = positives > 0.0 && positives_next > 0.0 ? positives / positives_next : 1.0;
  return divide(slope * (gained + intercept * std::log(ratio)),
                std::max(counts.true_positives[next] + counts.false_negatives[next], 0.0));
}

double mean_area(const std::vector<double>& areas, const std::vector<double>& weights) {
  double total = 0.0;
  double weight = 0.0;
  for (size_t label = 0; label < areas.size(); ++label) {
    const double counts = weights.size() == areas.size() ? weights[label] : 1.0;
    total += counts * areas[label];
    weight += counts;
  }
  return divide(total, weight);
}

std::vector<double> area_of(const Counts& counts, const Area& area) {
  const bool interpolates_precision = area.curve == "PR" && area.summation_method == "interpolation";
  const Points points = points_of(counts, area.curve);
  std::vector<double> areas(counts.labels);
  for (size_t at = 0; at + counts.labels < counts.true_positives.size(); ++at) {
    const size_t next = at + counts.labels;
    areas[at % counts.labels] += interpolates_precision ? precision_strip(counts, at, next)
                                                        : strip(points, at, next, area.summation_method);
  }
  return {mean_area(areas, area.label_weights)};
}

// One of `spellings`' second words; Keras takes them in two ways each.
std::string read_choice(Settings& settings, const std::string& key,
                        std::span<const std::pair<std::string_view, std::string_view>> spellings) {
  const std::string given = settings.text(key, std::string(spellings.front().second));
  const auto found = std::ranges::find_if(
      spellings, [&](const auto& each) { return each.first == given || each.second == given; });
  if (found == spellings.end()) throw Error("{}: there is no \"{}\" '{}'", settings.where(), key, given);
  return std::string(found->second);
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> curves = {
    {{"roc", "ROC"}, {"pr", "PR"}, {"prgain", "PRGAIN"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> summation_methods = {
    {{"Interpolation", "interpolation"}, {"Majoring", "majoring"}, {"Minoring", "minoring"}}};

// A list, or as Keras 3 saves one: {"class_name": "__tensor__", "config": {"value": [...]}}.
std::vector<double> read_label_weights(Settings& settings) {
  Json saved = settings.raw("label_weights");
  if (saved.is_object()) saved = saved.value("config", Json::object()).value("value", Json());
  if (saved.is_null()) return {};
  if (!saved.is_array() || !std::ranges::all_of(saved, [](const Json& each) { return each.is_number(); }))
    throw Error("{}: \"label_weights\" is {}; expected a list of numbers", settings.where(),
                dump_json(saved));
  return saved.get<std::vector<double>>();
}

// All thresholds with their ends beyond 0 and 1, and whether they lie evenly.
ThresholdCounting counting_at(std::vector<double> inner) {
  std::ranges::sort(inner);
  std::vector<double> all = {0.0};
  all.insert(all.end(), inner.begin(), inner.end());
  all.push_back(1.0);
  const bool evenly = are_even(all) || inner.empty();
  all.front() -= epsilon;
  all.back() += epsilon;
  return {.thresholds = {all.begin(), all.end()}, .evenly = evenly, .beyond_ends = true};
}

}  // namespace

Recipe read_auc(Settings& settings) {
  const std::optional<std::vector<double>> given = read_thresholds(settings);
  const int64_t count = given ? static_cast<int64_t>(given->size()) + 2 : read_num_thresholds(settings, 2);
  settings.ignore({"num_thresholds"});
  const Area area{.curve = read_choice(settings, "curve", curves),
                  .summation_method = read_choice(settings, "summation_method", summation_methods),
                  .label_weights = read_label_weights(settings)};
  ThresholdCounting counting = counting_at(given.value_or(inner_thresholds(count)));
  counting.by_label = settings.flag("multi_label", false);
  counting.from_logits = settings.flag("from_logits", false);
  if (!counting.by_label) counting.label_weights.assign(area.label_weights.begin(), area.label_weights.end());
  const std::optional<int64_t> num_labels = settings.optional_integer("num_labels", {});
  if (num_labels && !counting.by_label)
    throw Error("{}: \"num_labels\" is {}, which is for multi_label alone", settings.where(), *num_labels);
  const auto check = [=](const Shape& y_true, const Shape& y_pred) {
    counting.check(y_true, y_pred);
    const auto weights = static_cast<int64_t>(area.label_weights.size());
    const bool fits = (!num_labels || *num_labels == y_pred.back()) &&
                      (!counting.by_label || weights == 0 || weights == y_pred.back());
    if (!fits) throw Error("predictions of shape {} have not as many labels as asked", y_pred.to_string());
  };
  Recipe recipe{.check = check,
                .update =
                    [counting, check](const Batch& batch, State& state) {
                      check(batch.y_true.shape, batch.y_pred.shape);
                      counting.count(batch, state);
                    },
                .result = [area, thresholds = counting.thresholds.size()](
                              const State& state) { return area_of(Counts(state, thresholds), area); }};
  recipe.config = {{"num_thresholds", count},
                   {"curve", area.curve},
                   {"summation_method", area.summation_method},
                   {"multi_label", counting.by_label},
                   {"num_labels", optional_config(num_labels)},
                   {"label_weights", area.label_weights.empty() ? Json() : Json(area.label_weights)},
                   {"from_logits", counting.from_logits}};
  if (given) recipe.config["thresholds"] = *given;
  return recipe;
}

Metric AUC(const AUCOptions& options) {
  Json config = {{"num_thresholds", options.num_thresholds},          {"curve", options.curve},
                 {"summation_method", options.summation_method},      {"multi_label", options.multi_label},
                 {"num_labels", optional_config(options.num_labels)}, {"from_logits", options.from_logits}};
  if (!options.thresholds.empty()) config["thresholds"] = options.thresholds;
  if (!options.label_weights.empty()) config["label_weights"] = options.label_weights;
  return Metric::of_class("AUC", options.name, config);
}

}  // namespace antler::metrics
