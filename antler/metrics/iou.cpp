#include "antler/metrics/iou.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "antler/core/error.h"
#include "antler/core/whole_number.h"
#include "antler/metrics/counting.h"
#include "antler/metrics/thresholds_config.h"

namespace antler::metrics {
namespace {

constexpr double epsilon = 1e-7;
constexpr int64_t most_classes = 2048;  // their matrix is to stay below 32 MB

struct Overlap {
  int64_t classes = 2;
  std::vector<int64_t> targets;
  std::optional<int64_t> ignored;
  bool sparse_y_true = true;
  bool sparse_y_pred = true;
  int axis = -1;
  bool whole_weights = true;
  std::optional<float> threshold = {};

  int64_t size_of(const Shape& shape, bool sparse) const {
    return sparse ? elements_of_sample(shape) : elements_of_sample(shape) / std::max<int64_t>(shape[axis], 1);
  }
  void check(const Shape& y_true, const Shape& y_pred) const {
    const bool fits = y_true.rank() > 0 && y_pred.rank() > 0 &&
                      size_of(y_true, sparse_y_true) == size_of(y_pred, sparse_y_pred);
    if (!fits) refuse_shapes(y_true, y_pred);
  }
};

// The number of the highest along the axis, for all others in order.
std::vector<double> highest_along(ConstView view, int axis) {
  const int at = view.shape.checked_axis(axis);
  int64_t inner = 1;
  for (int each = at + 1; each < view.shape.rank(); ++each) inner *= view.shape[each];
  const int64_t length = view.shape[at];
  std::vector<double> classes;
  for (int64_t line = 0; length > 0 && line < view.size() / length; ++line) {
    const float* first = view.data + line / inner * length * inner + line % inner;
    int64_t best = 0;
    for (int64_t i = 1; i < length; ++i) {
      if (first[i * inner] > first[best * inner]) best = i;
    }
    classes.push_back(static_cast<double>(best));
  }
  return classes;
}

std::vector<double> classes_of(const Overlap& how, ConstView view, bool sparse) {
  if (!sparse) return highest_along(view, how.axis);
  std::vector<double> classes;
  for (float each : view.span()) classes.push_back(std::trunc(double{each}));
  return classes;
}

std::vector<double> predicted_classes(const Overlap& how, ConstView y_pred) {
  if (!how.threshold) return classes_of(how, y_pred, how.sparse_y_pred);
  std::vector<double> classes;
  for (float each : y_pred.span()) classes.push_back(each >= *how.threshold ? 1.0 : 0.0);
  return classes;
}

void count(const Overlap& how, const Batch& batch, State& state) {
  how.check(batch.y_true.shape, batch.y_pred.shape);
  begin(state, static_cast<size_t>(how.classes * how.classes));
  const std::vector<double> labels = classes_of(how, batch.y_true, how.sparse_y_true);
  const std::vector<double> predictions = predicted_classes(how, batch.y_pred);
  const Weights weights(batch.sample_weights, static_cast<int64_t>(labels.size()));
  const auto is_class = [&](double label) {
    return label >= 0.0 && label < static_cast<double>(how.classes);
  };
  for (size_t i = 0; i < labels.size(); ++i) {
    const bool ignored = how.ignored && labels[i] == static_cast<double>(*how.ignored);
    if (ignored || !is_class(labels[i]) || !is_class(predictions[i])) continue;
    const double weight = weights[static_cast<int64_t>(i)];
    const auto at = static_cast<size_t>(labels[i]) * static_cast<size_t>(how.classes);
    state[at + static_cast<size_t>(predictions[i])] += how.whole_weights ? std::trunc(weight) : weight;
  }
}

// Of the classes that occur.
double mean_overlap(const Overlap& how, const State& state) {
  const State matrix = begun(state, static_cast<size_t>(how.classes * how.classes));
  double total = 0.0;
  double present = 0.0;
  for (int64_t target : how.targets) {
    double together = 0.0;
    for (int64_t other = 0; other < how.classes; ++other) {
      together += matrix[static_cast<size_t>(target * how.classes + other)];
      if (other != target) together += matrix[static_cast<size_t>(other * how.classes + target)];
    }
    if (together <= 1e-9) continue;
    total += matrix[static_cast<size_t>(target * how.classes + target)] / (together + epsilon);
    present += 1.0;
  }
  return total / (present + epsilon);
}

int64_t read_classes(Settings& settings) {
  const int64_t classes = settings.integer("num_classes", 0);
  if (classes >= 1 && classes <= most_classes) return classes;
  throw Error("{}: \"num_classes\" is {}; expected 1 to {}", settings.where(),
              dump_json(settings.raw("num_classes")), most_classes);
}

std::vector<int64_t> read_targets(Settings& settings, int64_t classes, const Json& otherwise) {
  const Json given = settings.raw("target_class_ids");
  const Json& targets = given.is_null() ? otherwise : given;
  const auto is_class = [&](const Json& each) {
    return each.is_number_integer() && each.get<int64_t>() >= 0 && each.get<int64_t>() < classes;
  };
  if (targets.is_array() && !targets.empty() && std::ranges::all_of(targets, is_class))
    return targets.get<std::vector<int64_t>>();
  throw Error("{}: \"target_class_ids\" is {}; expected numbers of {} classes", settings.where(),
              dump_json(given), classes);
}

std::vector<int64_t> all_classes(int64_t classes) {
  std::vector<int64_t> all(static_cast<size_t>(classes));
  std::iota(all.begin(), all.end(), int64_t{0});
  return all;
}

int read_axis(Settings& settings) {
  const std::string what = fmt::format("{}: \"axis\"", settings.where());
  return static_cast<int>(
      whole_number(settings.integer("axis", -1), what, -Shape::max_rank, Shape::max_rank));
}

// What all but the binary one have in common.
Overlap read_overlap(Settings& settings, bool all_targets, Json& config) {
  Overlap how;
  how.classes = read_classes(settings);
  config["num_classes"] = how.classes;
  how.targets = all_targets ? all_classes(how.classes) : read_targets(settings, how.classes, Json());
  if (!all_targets) config["target_class_ids"] = how.targets;
  how.ignored = settings.optional_integer("ignore_class", {});
  config["ignore_class"] = optional_config(how.ignored);
  how.axis = read_axis(settings);
  config["axis"] = how.axis;
  return how;
}

Recipe recipe_of(Settings& settings, Overlap how, const Json& config) {
  how.whole_weights = settings.text("dtype", "int64").starts_with("int");
  return {.config = config,
          .check = [how](const Shape& y_true, const Shape& y_pred) { how.check(y_true, y_pred); },
          .update = [how](const Batch& batch, State& state) { count(how, batch, state); },
          .result = [how](const State& state) { return std::vector{mean_overlap(how, state)}; }};
}

Recipe read_any(Settings& settings, bool all_targets) {
  Json config = Json::object();
  Overlap how = read_overlap(settings, all_targets, config);
  how.sparse_y_true = settings.flag("sparse_y_true", true);
  how.sparse_y_pred = settings.flag("sparse_y_pred", true);
  config["sparse_y_true"] = how.sparse_y_true;
  config["sparse_y_pred"] = how.sparse_y_pred;
  return recipe_of(settings, how, config);
}

Recipe read_one_hot(Settings& settings, bool all_targets) {
  Json config = Json::object();
  Overlap how = read_overlap(settings, all_targets, config);
  how.sparse_y_true = false;
  how.sparse_y_pred = settings.flag("sparse_y_pred", false);
  config["sparse_y_pred"] = how.sparse_y_pred;
  return recipe_of(settings, how, config);
}

Json iou_config(int num_classes, const IoUOptions& options) {
  return {{"num_classes", num_classes},
          {"dtype", options.dtype},
          {"ignore_class", optional_config(options.ignore_class)},
          {"sparse_y_true", options.sparse_y_true},
          {"sparse_y_pred", options.sparse_y_pred},
          {"axis", options.axis}};
}

Json one_hot_config(int num_classes, const OneHotIoUOptions& options) {
  return {{"num_classes", num_classes},
          {"dtype", options.dtype},
          {"ignore_class", optional_config(options.ignore_class)},
          {"sparse_y_pred", options.sparse_y_pred},
          {"axis", options.axis}};
}

}  // namespace

Recipe read_iou(Settings& settings) {
  return read_any(settings, false);
}
Recipe read_mean_iou(Settings& settings) {
  return read_any(settings, true);
}
Recipe read_one_hot_iou(Settings& settings) {
  return read_one_hot(settings, false);
}
Recipe read_one_hot_mean_iou(Settings& settings) {
  return read_one_hot(settings, true);
}

Recipe read_binary_iou(Settings& settings) {
  const double threshold = settings.number("threshold", 0.5);
  Overlap how;
  how.targets = read_targets(settings, 2, {0, 1});
  how.threshold = static_cast<float>(threshold);
  return recipe_of(settings, how, {{"target_class_ids", how.targets}, {"threshold", threshold}});
}

Metric IoU(int num_classes, const std::vector<int>& target_class_ids, const IoUOptions& options) {
  Json config = iou_config(num_classes, options);
  config["target_class_ids"] = target_class_ids;
  return Metric::of_class("IoU", options.name, config);
}

Metric MeanIoU(int num_classes, const IoUOptions& options) {
  return Metric::of_class("MeanIoU", options.name, iou_config(num_classes, options));
}

Metric BinaryIoU(const BinaryIoUOptions& options) {
  return Metric::of_class("BinaryIoU", options.name,
                          {{"target_class_ids", options.target_class_ids},
                           {"threshold", options.threshold},
                           {"dtype", options.dtype}});
}

Metric OneHotIoU(int num_classes, const std::vector<int>& target_class_ids, const OneHotIoUOptions& options) {
  Json config = one_hot_config(num_classes, options);
  config["target_class_ids"] = target_class_ids;
  return Metric::of_class("OneHotIoU", options.name, config);
}

Metric OneHotMeanIoU(int num_classes, const OneHotIoUOptions& options) {
  return Metric::of_class("OneHotMeanIoU", options.name, one_hot_config(num_classes, options));
}

}  // namespace antler::metrics
