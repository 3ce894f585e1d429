#include "antler/metrics/metric.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "antler/core/error.h"
#include "antler/metrics/kinds.h"

namespace antler::metrics {

struct Metric::Definition {
  Json saved;
  /// Without `sum` until resolve() knows the shapes.
  Recipe recipe;
};

namespace {

bool depends_on_shapes(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name == "accuracy" || name == "acc";
}

std::shared_ptr<const Metric::Definition> named(const std::string& name) {
  if (depends_on_shapes(name))
    return std::make_shared<const Metric::Definition>(Metric::Definition{Json(name), Recipe()});
  return std::make_shared<const Metric::Definition>(Metric::Definition{Json(name), recipe_of(name, Json())});
}

Json saved_object(const Recipe& recipe, const std::string& name) {
  Json config = {{"name", name}, {"dtype", "float32"}};
  config.update(recipe.config);
  return {{"module", "keras.metrics"},
          {"class_name", recipe.class_name},
          {"config", config},
          {"registered_name", nullptr}};
}

// A function as Keras saves it: a name, or an object that holds the name.
std::string function_name(const Json& function) {
  const Json& name = function.is_object() && function.contains("config") ? function["config"] : function;
  if (!name.is_string()) throw Error("a metric is {}; expected the name of a function", dump_json(function));
  return name.get<std::string>();
}

}  // namespace

Metric::Metric(const char* name) : Metric(std::string(name)) {}
Metric::Metric(const std::string& name) : Metric(name, named(name)) {}
Metric::Metric(std::string name, std::shared_ptr<const Definition> definition)
    : name_(std::move(name)), definition_(std::move(definition)) {}

Metric Metric::from_config(const Json& saved) {
  if (saved.is_string()) return Metric(saved.get<std::string>());
  if (!saved.is_object() || !saved.contains("class_name") || !saved["class_name"].is_string()) {
    throw Error("a metric is {}; expected a name or an object with \"class_name\"", dump_json(saved));
  }
  auto class_name = saved["class_name"].get<std::string>();
  const Json config = saved.value("config", Json());
  if (class_name == "function") return Metric(function_name(config));
  if (class_name == "MeanMetricWrapper") {
    class_name = function_name(config.is_object() ? config.value("fn", Json()) : Json());
  }
  Recipe recipe = recipe_of(class_name, config);
  std::string name = recipe.default_name;
  if (config.contains("name") && config["name"].is_string()) name = config["name"].get<std::string>();
  Json written = saved_object(recipe, name);
  return {std::move(name),
          std::make_shared<const Definition>(Definition{std::move(written), std::move(recipe)})};
}

Json Metric::to_config() const {
  return definition_->saved;
}

void Metric::resolve(const Shape& y_true, const Shape& y_pred) {
  if (depends_on_shapes(definition_->saved.is_string() ? definition_->saved.get<std::string>() : "")) {
    const std::string found(accuracy_for(y_true, y_pred));
    definition_ =
        std::make_shared<const Definition>(Definition{definition_->saved, recipe_of(found, Json())});
  }
  definition_->recipe.check(y_true, y_pred);
}

void Metric::update(ConstView y_true, ConstView y_pred) {
  if (!definition_->recipe.sum) resolve(y_true.shape, y_pred.shape);
  if (y_true.shape[0] != y_pred.shape[0]) {
    throw Error("metric '{}': there are {} targets for {} predictions", name_, y_true.shape[0],
                y_pred.shape[0]);
  }
  total_ += definition_->recipe.sum(y_true, y_pred);
  count_ += static_cast<double>(y_pred.shape[0]);
}

}  // namespace antler::metrics
