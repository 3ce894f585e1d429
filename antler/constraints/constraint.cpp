#include "antler/constraints/constraint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/settings.h"
#include "antler/core/whole_number.h"

namespace antler::constraints {

struct Constraint::Definition {
  std::string class_name;
  Json config;
  std::function<void(View weight)> apply;
};

namespace {

// Keeps quotients of norms finite: keras.backend.epsilon().
constexpr float fuzz = 1e-7F;

Constraint make(std::string class_name, const Json& config, std::function<void(View)> apply) {
  return Constraint(std::make_shared<const Constraint::Definition>(
      Constraint::Definition{std::move(class_name), config, std::move(apply)}));
}

// Which norm each element of a weight belongs to: as many as the extents that are not summed over multiply
// to.
class NormIndex {
 public:
  NormIndex(const Shape& shape, const Axes& axes) : shape_(shape) {
    std::array<bool, Shape::max_rank> summed{};
    for (int axis : axes.all()) summed.at(static_cast<size_t>(shape.checked_axis(axis))) = true;
    for (int axis = shape.rank() - 1; axis >= 0; --axis) {
      strides_[static_cast<size_t>(axis)] = summed[static_cast<size_t>(axis)] ? 0 : count_;
      if (!summed[static_cast<size_t>(axis)]) count_ *= shape[axis];
    }
  }

  size_t count() const { return static_cast<size_t>(count_); }
  size_t of_element(int64_t element) const {
    int64_t index = 0;
    for (int axis = shape_.rank() - 1; axis >= 0; --axis) {
      index += element % shape_[axis] * strides_[static_cast<size_t>(axis)];
      element /= shape_[axis];
    }
    return static_cast<size_t>(index);
  }

 private:
  Shape shape_;
  std::array<int64_t, Shape::max_rank> strides_{};
  int64_t count_ = 1;
};

// Multiplies each vector of `weight` along `axes` by desired(norm) / norm.
template <typename Desired>
void rescale(View weight, const Axes& axes, const Desired& desired) {
  const NormIndex index(weight.shape, axes);
  std::vector<float> factors(index.count(), 0.0F);
  for (int64_t i = 0; i < weight.size(); ++i) factors[index.of_element(i)] += weight.data[i] * weight.data[i];
  for (float& factor : factors) {
    const float norm = std::sqrt(factor);
    factor = desired(norm) / (fuzz + norm);
  }
  for (int64_t i = 0; i < weight.size(); ++i) weight.data[i] *= factors[index.of_element(i)];
}

Axes read_axes(Settings& settings) {
  const Json& saved = settings.raw("axis");
  if (saved.is_null()) return 0;
  const auto axis = [&](const Json& number) {
    const std::string what = fmt::format("{}: \"axis\"", settings.where());
    return static_cast<int>(whole_number(number, what, -Shape::max_rank, Shape::max_rank));
  };
  if (!saved.is_array()) return axis(saved);
  std::vector<int> axes;
  for (const Json& number : saved) axes.push_back(axis(number));
  return Axes(axes);
}

struct Class {
  std::string_view name;
  std::string_view alias;
  Constraint (*read)(Settings& settings);
};

constexpr std::array<Class, 4> classes = {{
    {"MaxNorm", "max_norm",
     [](Settings& settings) {
       const double max_value = settings.number("max_value", 2.0);
       return MaxNorm({.max_value = max_value, .axis = read_axes(settings)});
     }},
    {"MinMaxNorm", "min_max_norm",
     [](Settings& settings) {
       MinMaxNormOptions options;
       options.min_value = settings.number("min_value", options.min_value);
       options.max_value = settings.number("max_value", options.max_value);
       options.rate = settings.number("rate", options.rate);
       options.axis = read_axes(settings);
       return MinMaxNorm(options);
     }},
    {"NonNeg", "non_neg", [](Settings& /*settings*/) { return NonNeg(); }},
    {"UnitNorm", "unit_norm", [](Settings& settings) { return UnitNorm(read_axes(settings)); }},
}};

Constraint read(const std::string& identifier, const Json& config) {
  const auto* known = std::ranges::find_if(
      classes, [&](const Class& each) { return each.name == identifier || each.alias == identifier; });
  if (known == classes.end())
    throw Error("there is no constraint '{}' in Keras that antler knows", identifier);
  Settings settings(config, "constraint '" + identifier + "'");
  Constraint constraint = known->read(settings);
  settings.finish();
  return constraint;
}

}  // namespace

Constraint::Constraint(const char* name) : Constraint(read(name, Json())) {}

Constraint Constraint::from_config(const Json& saved) {
  if (saved.is_null()) return {};
  if (saved.is_string()) return read(saved.get<std::string>(), Json());
  if (!saved.is_object() || !saved.contains("class_name") || !saved["class_name"].is_string()) {
    throw Error("a constraint is {}; expected a name or an object with \"class_name\"", dump_json(saved));
  }
  return read(saved["class_name"].get<std::string>(), saved.value("config", Json()));
}

Json Constraint::to_config() const {
  if (!definition_) return nullptr;
  return {{"module", "keras.constraints"},
          {"class_name", definition_->class_name},
          {"config", definition_->config},
          {"registered_name", nullptr}};
}

void Constraint::apply(View weight) const {
  definition_->apply(weight);
}

Constraint NonNeg() {
  return make("NonNeg", Json::object(), [](View weight) {
    for (float& w : weight.span()) w = std::max(w, 0.0F);
  });
}

Constraint MaxNorm(const MaxNormOptions& options) {
  return make("MaxNorm", {{"max_value", options.max_value}, {"axis", options.axis.to_config()}},
              [=](View weight) {
                const auto most = static_cast<float>(options.max_value);
                rescale(weight, options.axis, [=](float norm) { return std::min(norm, most); });
              });
}

Constraint UnitNorm(const Axes& axis) {
  return make("UnitNorm", {{"axis", axis.to_config()}},
              [=](View weight) { rescale(weight, axis, [](float /*norm*/) { return 1.0F; }); });
}

Constraint MinMaxNorm(const MinMaxNormOptions& options) {
  if (!(options.min_value <= options.max_value))
    throw Error("min_value of a MinMaxNorm is {} and max_value {}; expected the first to be no larger",
                options.min_value, options.max_value);
  const Json config = {{"min_value", options.min_value},
                       {"max_value", options.max_value},
                       {"rate", options.rate},
                       {"axis", options.axis.to_config()}};
  return make("MinMaxNorm", config, [=](View weight) {
    const auto least = static_cast<float>(options.min_value);
    const auto most = static_cast<float>(options.max_value);
    const auto rate = static_cast<float>(options.rate);
    rescale(weight, options.axis,
            [=](float norm) { return rate * std::clamp(norm, least, most) + (1.0F - rate) * norm; });
  });
}

std::vector<std::string> constraint_classes() {
  std::vector<std::string> names;
  for (const Class& each : classes) names.emplace_back(each.name);
  return names;
}

}  // namespace antler::constraints
