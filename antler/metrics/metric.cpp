#include "antler/metrics/metric.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "antler/core/error.h"
#include "antler/metrics/kinds.h"

namespace antler::metrics {

struct Metric::Definition {
  Json saved;
  /// Without functions until resolve() knows the shapes.
  Recipe recipe;
};

namespace {

bool depends_on_shapes(const Json& saved) {
  if (!saved.is_string()) return false;
  auto name = saved.get<std::string>();
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name == "accuracy" || name == "acc";
}

std::shared_ptr<const Metric::Definition> define(Json saved, Recipe recipe) {
  return std::make_shared<const Metric::Definition>(Metric::Definition{std::move(saved), std::move(recipe)});
}

Json saved_object(const Described& metric, const std::string& name, const Json& dtype) {
  Json config = {{"name", name}, {"dtype", dtype.is_string() ? dtype : Json(metric.dtype)}};
  if (!metric.function.empty()) {
    config["fn"] = {{"module", "builtins"},
                    {"class_name", "function"},
                    {"config", metric.function},
                    {"registered_name", "function"}};
  }
  config.update(metric.recipe.config);
  return {{"module", "keras.metrics"},
          {"class_name", metric.class_name},
          {"config", config},
          {"registered_name", nullptr}};
}

std::shared_ptr<const Metric::Definition> named(const std::string& name) {
  if (depends_on_shapes(name)) return define(name, Recipe());
  Described found = describe(name, Json());
  // Keras knows a function by its name only where it is told that it is one.
  Json saved = found.function.empty() ? Json(name) : saved_object(found, name, Json());
  return define(std::move(saved), std::move(found.recipe));
}

// A function as Keras saves it: a name, or an object that holds the name.
std::string function_name(const Json& function) {
  const Json& name = function.is_object() && function.contains("config") ? function["config"] : function;
  if (!name.is_string()) throw Error("a metric is {}; expected the name of a function", dump_json(function));
  return name.get<std::string>();
}

// Puts the metric's name in front of what is wrong.
template <typename Work>
void naming(const std::string& name, const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    throw Error("metric '{}': {}", name, error.what());
  }
}

}  // namespace

Metric::Metric(const char* name) : Metric(std::string(name)) {}
Metric::Metric(const std::string& name) : Metric(named(name), name) {}
Metric::Metric(std::shared_ptr<const Definition> definition, std::string name)
    : name_(std::move(name)), definition_(std::move(definition)) {}

Metric Metric::of_class(const char* class_name, const std::string& name, Json config) {
  if (!name.empty()) config["name"] = name;
  return from_config({{"class_name", class_name}, {"config", std::move(config)}});
}

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
  Described found = describe(class_name, config);
  std::string name = found.default_name;
  if (config.contains("name") && config["name"].is_string()) name = config["name"].get<std::string>();
  Json written = saved_object(found, name, config.is_object() ? config.value("dtype", Json()) : Json());
  return {define(std::move(written), std::move(found.recipe)), std::move(name)};
}

Json Metric::to_config() const {
  return definition_->saved;
}

void Metric::resolve(const Shape& y_true, const Shape& y_pred) {
  if (depends_on_shapes(definition_->saved)) {
    const std::string found(accuracy_for(y_true, y_pred));
    definition_ = define(definition_->saved, describe(found, Json()).recipe);
  }
  naming(name_, [&] { definition_->recipe.check(y_true, y_pred); });
}

void Metric::update(ConstView y_true, ConstView y_pred, std::span<const float> sample_weights) {
  if (!definition_->recipe.update) resolve(y_true.shape, y_pred.shape);
  if (y_true.shape.rank() < 1 || y_pred.shape.rank() < 1 || y_true.shape[0] != y_pred.shape[0]) {
    throw Error("metric '{}': there are targets of shape {} for predictions of shape {}", name_,
                y_true.shape.to_string(), y_pred.shape.to_string());
  }
  count(y_true, y_pred, sample_weights);
}

void Metric::update(ConstView values, std::span<const float> sample_weights) {
  count({}, values, sample_weights);
}

void Metric::count(ConstView y_true, ConstView y_pred, std::span<const float> sample_weights) {
  const Batch batch{.y_true = y_true, .y_pred = y_pred, .sample_weights = sample_weights};
  naming(name_, [&] { definition_->recipe.update(batch, state_); });
}

std::vector<double> Metric::results() const {
  if (!definition_->recipe.result) return {0.0};
  return definition_->recipe.result(state_);
}

double Metric::result() const {
  const std::vector<double> all = results();
  if (all.size() != 1) throw Error("metric '{}' has {} results; results() gives them all", name_, all.size());
  return all.front();
}

}  // namespace antler::metrics
