#include "antler/metrics/kinds.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "antler/core/error.h"
#include "antler/graph/plan.h"
#include "antler/losses/kinds.h"
#include "antler/losses/loss.h"
#include "antler/metrics/accuracy.h"
#include "antler/optimizers/settings.h"

namespace antler::metrics {
namespace {

using optimizers::Settings;

enum class Needs { equal_elements, equal_rows, a_target_for_each_row };

struct Accuracy {
  std::string_view class_name;
  std::string_view name;
  SampleSum sum;
  Needs needs;
  /// The one setting there is, and its default; empty for none.
  std::string_view setting;
  double otherwise = 0.0;
};

constexpr std::array<Accuracy, 6> accuracies = {{
    {"Accuracy", "accuracy", equal_elements, Needs::equal_elements, ""},
    {"BinaryAccuracy", "binary_accuracy", binary_matches, Needs::equal_elements, "threshold", 0.5},
    {"CategoricalAccuracy", "categorical_accuracy", categorical_matches, Needs::equal_rows, ""},
    {"SparseCategoricalAccuracy", "sparse_categorical_accuracy", sparse_matches, Needs::a_target_for_each_row,
     ""},
    {"TopKCategoricalAccuracy", "top_k_categorical_accuracy", top_k_matches, Needs::equal_rows, "k", 5},
    {"SparseTopKCategoricalAccuracy", "sparse_top_k_categorical_accuracy", sparse_top_k_matches,
     Needs::a_target_for_each_row, "k", 5},
}};

int64_t product(std::span<const int64_t> extents) {
  return std::accumulate(extents.begin(), extents.end(), int64_t{1}, std::multiplies<>());
}
int64_t sample_floats(const Shape& shape) {
  return product(shape.extents().subspan(1));
}
int64_t sample_rows(const Shape& shape) {
  return shape.rank() < 2
             ? 1
             : product(shape.without_batch().extents().first(static_cast<size_t>(shape.rank()) - 2));
}

bool fits(Needs needs, const Shape& y_true, const Shape& y_pred) {
  if (y_true.rank() < 1 || y_pred.rank() < 1) return false;
  switch (needs) {
    case Needs::equal_elements:
      return sample_floats(y_true) == sample_floats(y_pred);
    case Needs::equal_rows:
      return sample_rows(y_true) == sample_rows(y_pred);
    case Needs::a_target_for_each_row:
      return sample_floats(y_true) == sample_rows(y_pred);
  }
  return false;
}

// Writes the one setting there is to `written`.
double read_setting(const Accuracy& accuracy, Settings& settings, Json& written) {
  if (accuracy.setting.empty()) return 0.0;
  const std::string key(accuracy.setting);
  if (key == "k") {
    const int64_t k = settings.integer(key, static_cast<int64_t>(accuracy.otherwise));
    written[key] = k;
    return static_cast<double>(k);
  }
  const double number = settings.number(key, accuracy.otherwise);
  written[key] = number;
  return number;
}

Recipe accuracy_recipe(const Accuracy& accuracy, const Json& config) {
  Settings settings(config, fmt::format("metric '{}'", accuracy.class_name));
  Recipe recipe;
  recipe.class_name = accuracy.class_name;
  recipe.default_name = accuracy.name;
  const double setting = read_setting(accuracy, settings, recipe.config);
  settings.require_off({"from_sorted_ids"});
  settings.ignore({"name", "dtype", "fn"});
  settings.finish();
  recipe.check = [&accuracy](const Shape& y_true, const Shape& y_pred) {
    if (fits(accuracy.needs, y_true, y_pred)) return;
    throw Error("metric '{}': targets of shape {} do not fit predictions of shape {}", accuracy.name,
                y_true.to_string(), y_pred.to_string());
  };
  recipe.sum = [sum = accuracy.sum, check = recipe.check, setting](ConstView y_true, ConstView y_pred) {
    check(y_true.shape, y_pred.shape);
    return sum(y_true, y_pred, setting);
  };
  return recipe;
}

// Lowers the loss to a graph of its own.
struct LossGraph {
  LossGraph(const losses::Loss& loss, const Shape& y_true, const Shape& y_pred)
      : targets(graph.input(y_true)),
        predictions(graph.input(y_pred)),
        losses(loss.lower(graph, targets, predictions)) {}
  graph::Graph graph;
  graph::Value targets;
  graph::Value predictions;
  graph::Value losses;
};

double sum_of_losses(const losses::Loss& loss, ConstView y_true, ConstView y_pred) {
  LossGraph lowered(loss, y_true.shape, y_pred.shape);
  graph::Plan plan(std::move(lowered.graph), {.outputs = {lowered.losses}, .seeds = {}});
  plan.bind(lowered.targets, y_true.data);
  plan.bind(lowered.predictions, y_pred.data);
  plan.forward({});
  const std::span<const float> losses = plan.value(lowered.losses).span();
  return std::accumulate(losses.begin(), losses.end(), 0.0);
}

// Keras calls this one metric otherwise than the loss.
constexpr const char* log_cosh_class = "LogCoshError";

std::string loss_class(const std::string& identifier) {
  if (identifier == log_cosh_class || identifier == "log_cosh_error") return "LogCosh";
  const losses::Kind* kind = losses::find_kind(identifier);
  if (kind == nullptr || kind->class_name.empty()) throw Error("there is no metric '{}'", identifier);
  return std::string(kind->class_name);
}

Recipe loss_recipe(const std::string& identifier, const Json& config) {
  const std::string class_name = loss_class(identifier);
  const bool is_log_cosh = class_name == "LogCosh";
  const losses::Loss loss = losses::Loss::from_config({{"class_name", class_name}, {"config", config}});
  const Json saved = loss.to_config();
  Recipe recipe;
  recipe.class_name = is_log_cosh ? log_cosh_class : class_name;
  recipe.default_name = is_log_cosh ? "logcosh" : loss.name();
  recipe.config = saved["config"];
  for (const char* key : {"name", "reduction", "ignore_class"}) recipe.config.erase(key);
  if (class_name == "BinaryCrossentropy") recipe.config.erase("axis");  // the loss has one, the metric not
  recipe.sum = [loss](ConstView y_true, ConstView y_pred) { return sum_of_losses(loss, y_true, y_pred); };
  recipe.check = [loss](const Shape& y_true, const Shape& y_pred) {
    LossGraph(loss, y_true.without_batch().with_batch(1), y_pred.without_batch().with_batch(1));
  };
  return recipe;
}

}  // namespace

Recipe recipe_of(const std::string& identifier, const Json& config) {
  const auto* accuracy = std::ranges::find_if(accuracies, [&](const Accuracy& each) {
    return each.class_name == identifier || each.name == identifier;
  });
  if (accuracy != accuracies.end()) return accuracy_recipe(*accuracy, config);
  return loss_recipe(identifier, config);
}

std::vector<std::string> metric_classes() {
  std::vector<std::string> names;
  for (const Accuracy& accuracy : accuracies) names.emplace_back(accuracy.class_name);
  for (const std::string& loss : losses::loss_classes()) {
    names.push_back(loss == "LogCosh" ? log_cosh_class : loss);
  }
  return names;
}

std::string_view accuracy_for(const Shape& y_true, const Shape& y_pred) {
  if (y_pred.back() == 1) return "BinaryAccuracy";
  const bool is_sparse = y_true.rank() < y_pred.rank() || (y_true.back() == 1 && y_pred.back() > 1);
  return is_sparse ? "SparseCategoricalAccuracy" : "CategoricalAccuracy";
}

}  // namespace antler::metrics
