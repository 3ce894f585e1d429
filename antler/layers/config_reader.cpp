#include "antler/layers/config_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "antler/core/error.h"
#include "antler/layers/checks.h"

namespace antler::layers {
namespace {

// A value for an error, short enough to read.
std::string shown(const Json& value) {
  if (value.is_structured()) return value.is_array() ? "a list" : "an object";
  std::string text = dump_json(value);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  return text;
}

[[noreturn]] void wrong_kind(const std::string& key, const Json& value, std::string_view expected) {
  throw Error("{} is {}; expected {}", key, shown(value), expected);
}

int64_t integer_of(const std::string& key, const Json& value) {
  if (!value.is_number_integer()) wrong_kind(key, value, "a whole number");
  // A number above the signed range would wrap round.
  const bool too_large =
      value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(most_elements);
  if (too_large) wrong_kind(key, value, "a smaller number");
  const auto number = value.get<int64_t>();
  check_range(key, number, -most_elements);
  return number;
}

// What `read()` gives; an error is led by the key it was about.
template <class Read>
auto naming(const std::string& key, const Read& read) {
  try {
    return read();
  } catch (const Error& error) {
    throw Error("{}: {}", key, error.what());
  }
}

// Keras 3 writes {"class_name": "DTypePolicy", "config": {"name": "float32"}}, Keras 2 "float32" or a
// "Policy".
std::string dtype_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object() || !value.contains("config")) return shown(value);
  const Json& config = value["config"];
  return config.is_object() && config.contains("name") && config["name"].is_string()
             ? config["name"].get<std::string>()
             : shown(config);
}

// What Keras writes beside a layer's own settings and what has no effect here as long as it is null or false.
constexpr std::array<std::string_view, 7> harmless = {
    "lora_rank", "lora_alpha", "quantization_config", "ragged", "sparse", "optional", "virtual_batch_size"};
// What has none whatever its value.
constexpr std::array<std::string_view, 2> idle = {"fused", "autocast"};

}  // namespace

ConfigReader::ConfigReader(const Json& config, Dialect dialect) : config_(config), dialect_(dialect) {
  if (!config.is_object()) throw Error("the config is {}; expected an object", shown(config));
}

const Json& ConfigReader::value(const std::string& key) {
  static const Json null;
  read_.insert(key);
  const auto found = config_.find(key);
  return found == config_.end() ? null : *found;
}

std::optional<int64_t> ConfigReader::optional_integer(const std::string& key) {
  const Json& found = value(key);
  if (found.is_null()) return std::nullopt;
  return integer_of(key, found);
}

std::optional<double> ConfigReader::optional_number(const std::string& key) {
  const Json& found = value(key);
  if (found.is_null()) return std::nullopt;
  if (!found.is_number() || !std::isfinite(found.get<double>())) wrong_kind(key, found, "a finite number");
  return found.get<double>();
}

int64_t ConfigReader::integer(const std::string& key, std::optional<int64_t> fallback) {
  if (const auto found = optional_integer(key)) return *found;
  if (!fallback) throw Error("{} is missing", key);
  return *fallback;
}

double ConfigReader::number(const std::string& key, std::optional<double> fallback) {
  if (const auto found = optional_number(key)) return *found;
  if (!fallback) throw Error("{} is missing", key);
  return *fallback;
}

bool ConfigReader::flag(const std::string& key, bool fallback) {
  const Json& found = value(key);
  if (found.is_null()) return fallback;
  if (!found.is_boolean()) wrong_kind(key, found, "true or false");
  return found.get<bool>();
}

std::string ConfigReader::text(const std::string& key, const std::string& fallback) {
  const Json& found = value(key);
  if (found.is_null()) return fallback;
  if (!found.is_string()) wrong_kind(key, found, "text");
  return found.get<std::string>();
}

std::vector<int64_t> ConfigReader::integers(const std::string& key) {
  const Json& found = value(key);
  if (found.is_null()) return {};
  if (!found.is_array()) return {integer_of(key, found)};
  std::vector<int64_t> numbers;
  for (const Json& item : found) numbers.push_back(integer_of(key, item));
  return numbers;
}

Pair ConfigReader::pair(const std::string& key, std::optional<Pair> fallback) {
  if (value(key).is_null()) {
    if (!fallback) throw Error("{} is missing", key);
    return *fallback;
  }
  const std::vector<int64_t> numbers = integers(key);
  if (value(key).is_number()) return numbers[0];
  if (numbers.size() != 2) throw Error("{} has {} numbers; expected 2", key, numbers.size());
  return {numbers[0], numbers[1]};
}

Single ConfigReader::single(const std::string& key, std::optional<Single> fallback) {
  if (value(key).is_null()) {
    if (!fallback) throw Error("{} is missing", key);
    return *fallback;
  }
  const std::vector<int64_t> numbers = integers(key);
  if (numbers.size() != 1) throw Error("{} has {} numbers; expected 1", key, numbers.size());
  return numbers[0];
}

int ConfigReader::axis(const std::string& key, int fallback) {
  if (value(key).is_null()) return fallback;
  const std::vector<int64_t> axes = integers(key);
  if (axes.size() != 1) throw Error("{} has {} numbers; antler takes one", key, axes.size());
  check_range(key, axes[0], -Shape::max_rank, Shape::max_rank);
  return static_cast<int>(axes[0]);
}

std::vector<int> ConfigReader::axes(const std::string& key) {
  std::vector<int> found;
  for (int64_t axis : integers(key)) {
    check_range(key, axis, -Shape::max_rank, Shape::max_rank);
    found.push_back(static_cast<int>(axis));
  }
  return found;
}

std::optional<Shape> ConfigReader::shape(const std::string& key) {
  const Json& found = value(key);
  if (found.is_null()) return std::nullopt;
  if (!found.is_array()) wrong_kind(key, found, "a list of extents");
  std::vector<int64_t> extents;
  for (const Json& item : found) extents.push_back(item.is_null() ? Shape::unknown : integer_of(key, item));
  return Shape(extents);
}

initializers::Initializer ConfigReader::initializer(const std::string& key,
                                                    const initializers::Initializer& fallback) {
  const Json& found = value(key);
  if (found.is_null()) return fallback;
  if (found.is_string()) return found.get<std::string>();
  if (!found.is_object() || !found.contains("class_name") || !found["class_name"].is_string()) {
    wrong_kind(key, found, "an initializer's name, or an object with its class_name");
  }
  return naming(key, [&] {
    return initializers::Initializer::from_config(
        found["class_name"].get<std::string>(), found.contains("config") ? found["config"] : Json::object());
  });
}

regularizers::Regularizer ConfigReader::regularizer(const std::string& key) {
  return naming(key, [&] { return regularizers::Regularizer::from_config(value(key)); });
}

constraints::Constraint ConfigReader::constraint(const std::string& key) {
  return naming(key, [&] { return constraints::Constraint::from_config(value(key)); });
}

std::string ConfigReader::activation(const std::string& key) {
  const Json& found = value(key);
  std::string name;
  if (found.is_object()) {
    const bool is_function = found.contains("class_name") && found["class_name"] == "function";
    if (!is_function || !found.contains("config") || !found["config"].is_string()) {
      throw Error("{} is an object that names no function of Keras; antler takes activations by name", key);
    }
    name = found["config"].get<std::string>();
  } else {
    name = text(key, "linear");
  }
  return dialect_ == Dialect::keras2 && name == "hard_sigmoid" ? "hard_sigmoid_of_keras_2" : name;
}

void ConfigReader::refuse(const std::string& key) {
  const Json& found = value(key);
  if (!found.is_null() && found != false) throw Error("{} is set, which antler does not support", key);
}

void ConfigReader::channels_last() {
  const std::string format = text("data_format", "channels_last");
  if (format != "channels_last") throw Error("data_format is '{}'; antler takes 'channels_last'", format);
}

void ConfigReader::finish() {
  const Json& dtype = value("dtype");
  if (!dtype.is_null() && dtype_of(dtype) != "float32") {
    throw Error("dtype is '{}'; antler computes in float32", dtype_of(dtype));
  }
  for (const auto& [key, found] : config_.items()) {
    if (read_.contains(key) || std::ranges::find(idle, key) != idle.end()) continue;
    if (std::ranges::find(harmless, key) == harmless.end())
      throw Error("antler does not know the setting '{}'", key);
    refuse(key);
  }
}

Json to_config(const initializers::Initializer& initializer) {
  return {{"module", "keras.initializers"},
          {"class_name", initializer.class_name()},
          {"config", initializer.config()},
          {"registered_name", nullptr}};
}

Json to_config(const regularizers::Regularizer& regularizer) {
  return regularizer.to_config();
}

Json to_config(const constraints::Constraint& constraint) {
  return constraint.to_config();
}

Json activation_to_config(const std::string& name) {
  return name;
}

Json to_config(const Pair& pair) {
  return Json::array({pair.height, pair.width});
}

Json to_config(const Single& single) {
  return Json::array({single.steps});
}

Json to_config(const std::vector<int>& axes) {
  return axes.empty() ? Json() : Json(axes);
}

Json to_config(const std::optional<Shape>& shape) {
  if (!shape) return nullptr;
  Json extents = Json::array();
  for (int64_t extent : *shape) extents.push_back(extent == Shape::unknown ? Json() : Json(extent));
  return extents;
}

}  // namespace antler::layers
