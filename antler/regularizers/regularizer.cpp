#include "antler/regularizers/regularizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/settings.h"
#include "antler/ops/penalty.h"

namespace antler::regularizers {

struct Regularizer::Definition {
  std::string class_name;
  Json config;
  std::function<graph::Value(graph::Graph& graph, graph::Value x, double scale)> lower;
};

namespace {

void check_factor(const char* name, double factor) {
  if (!std::isfinite(factor) || factor < 0.0)
    throw Error("{} of a regularizer is {}; expected 0 or more", name, factor);
}

Regularizer norm(std::string class_name, const Json& config, double l1, double l2) {
  check_factor("l1", l1);
  check_factor("l2", l2);
  const auto lower = [=](graph::Graph& graph, graph::Value x, double scale) {
    ops::NormPenalty penalty;
    penalty.l1 = static_cast<float>(l1);
    penalty.l2 = static_cast<float>(l2);
    penalty.scale = static_cast<float>(scale);
    return graph.apply(penalty, {x});
  };
  return Regularizer(std::make_shared<const Regularizer::Definition>(
      Regularizer::Definition{std::move(class_name), config, lower}));
}

struct Class {
  std::string_view name;
  std::string_view alias;
  Regularizer (*read)(Settings& settings);
};

constexpr std::array<Class, 4> classes = {{
    {"L1", "l1", [](Settings& settings) { return L1(settings.number("l1", 0.01)); }},
    {"L1L2", "l1_l2",
     [](Settings& settings) {
       const double l1 = settings.number("l1", 0.0);
       return L1L2(l1, settings.number("l2", 0.0));
     }},
    {"L2", "l2", [](Settings& settings) { return L2(settings.number("l2", 0.01)); }},
    {"OrthogonalRegularizer", "orthogonal_regularizer",
     [](Settings& settings) {
       const double factor = settings.number("factor", 0.01);
       return OrthogonalRegularizer(factor, settings.text("mode", "rows"));
     }},
}};

Regularizer read(const std::string& identifier, const Json& config) {
  const auto* known = std::ranges::find_if(
      classes, [&](const Class& each) { return each.name == identifier || each.alias == identifier; });
  if (known == classes.end()) throw Error("there is no regularizer '{}' in Keras", identifier);
  Settings settings(config, "regularizer '" + identifier + "'");
  Regularizer regularizer = known->read(settings);
  settings.finish();
  return regularizer;
}

}  // namespace

Regularizer::Regularizer(const char* name) : Regularizer(read(name, Json())) {}

Regularizer Regularizer::from_config(const Json& saved) {
  if (saved.is_null()) return {};
  if (saved.is_string()) return read(saved.get<std::string>(), Json());
  if (!saved.is_object() || !saved.contains("class_name") || !saved["class_name"].is_string()) {
    throw Error("a regularizer is {}; expected a name or an object with \"class_name\"", dump_json(saved));
  }
  return read(saved["class_name"].get<std::string>(), saved.value("config", Json()));
}

Json Regularizer::to_config() const {
  if (!definition_) return nullptr;
  return {{"module", "keras.regularizers"},
          {"class_name", definition_->class_name},
          {"config", definition_->config},
          {"registered_name", nullptr}};
}

graph::Value Regularizer::lower(graph::Graph& graph, graph::Value x, double scale) const {
  return definition_->lower(graph, x, scale);
}

Regularizer L1(double l1) {
  return norm("L1", {{"l1", l1}}, l1, 0.0);
}
Regularizer L2(double l2) {
  return norm("L2", {{"l2", l2}}, 0.0, l2);
}
Regularizer L1L2(double l1, double l2) {
  return norm("L1L2", {{"l1", l1}, {"l2", l2}}, l1, l2);
}

Regularizer OrthogonalRegularizer(double factor, const std::string& mode) {
  check_factor("the factor", factor);
  if (mode != "rows" && mode != "columns")
    throw Error("the mode of an OrthogonalRegularizer is '{}'; expected 'rows' or 'columns'", mode);
  const auto lower = [=](graph::Graph& graph, graph::Value x, double scale) {
    ops::OrthogonalPenalty penalty;
    penalty.factor = static_cast<float>(factor * scale);
    penalty.of_rows = mode == "rows";
    return graph.apply(penalty, {x});
  };
  return Regularizer(std::make_shared<const Regularizer::Definition>(
      Regularizer::Definition{"OrthogonalRegularizer", {{"factor", factor}, {"mode", mode}}, lower}));
}

std::vector<std::string> regularizer_classes() {
  std::vector<std::string> names;
  for (const Class& each : classes) names.emplace_back(each.name);
  return names;
}

}  // namespace antler::regularizers
