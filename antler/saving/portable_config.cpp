#include "antler/saving/portable_config.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace antler::saving {
namespace {

// Keras 3's additions; dropped when null, false, or without meaning as long as another of them is. Not so
// renorm_clipping: Keras 2 takes it, and antler tells two kinds of BatchNormalization apart by it.
constexpr std::array<std::string_view, 9> of_keras3_alone = {
    "input_axes", "output_axes", "quantization_config", "lora_rank",          "lora_alpha",
    "renorm",     "ragged",      "rms_scaling",         "pad_to_aspect_ratio"};

bool says_nothing(const std::string& key, const Json& value) {
  return (value.is_null() || value == false) &&
         std::ranges::find(of_keras3_alone, key) != of_keras3_alone.end();
}

// Keras 2's ZeroPadding1D and preprocessing layers know channels last alone, and have no word for it.
bool has_data_format_in_keras3_alone(std::string_view class_name) {
  return class_name.starts_with("Random") || class_name == "CenterCrop" || class_name == "Resizing" ||
         class_name == "ZeroPadding1D";
}

// The same of keys that mean something in other classes of Keras 2.
bool says_nothing_of(std::string_view class_name, const std::string& key, const Json& value) {
  if (key == "data_format") return value == "channels_last" && has_data_format_in_keras3_alone(class_name);
  if (key == "value_range") return value == Json({0, 255}) && class_name == "RandomContrast";
  if (key == "antialias") return value == false && class_name == "Resizing";
  if (key == "fill_mode") return value == "constant" && class_name == "Resizing";
  if (key == "fill_value") return value == 0.0 && class_name == "Resizing";
  return false;
}

}  // namespace

Json portable_config(const std::string& class_name, const Json& config) {
  if (config.is_array()) {
    Json items = Json::array();
    for (const Json& item : config) items.push_back(portable_config("", item));
    return items;
  }
  if (!config.is_object()) return config;
  Json result = Json::object();
  for (const auto& [key, value] : config.items()) {
    if (says_nothing(key, value) || says_nothing_of(class_name, key, value)) continue;
    if (key == "renorm_momentum" && config.value("renorm", Json(false)) == false) continue;
    const bool renamed = class_name == "LeakyReLU" && key == "negative_slope";
    result[renamed ? "alpha" : key] = portable_config("", value);
  }
  return result;
}

}  // namespace antler::saving
