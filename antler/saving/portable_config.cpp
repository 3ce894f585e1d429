#include "antler/saving/portable_config.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace antler::saving {
namespace {

// Keras 3's additions; dropped when null, false, or without meaning as long as another of them is.
constexpr std::array<std::string_view, 8> of_keras3_alone = {
    "input_axes", "output_axes", "quantization_config", "lora_rank",
    "lora_alpha", "renorm",      "renorm_clipping",     "ragged"};

bool says_nothing(const std::string& key, const Json& value) {
  return (value.is_null() || value == false) &&
         std::ranges::find(of_keras3_alone, key) != of_keras3_alone.end();
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
    if (says_nothing(key, value)) continue;
    if (key == "renorm_momentum" && config.value("renorm", Json(false)) == false) continue;
    const bool renamed = class_name == "LeakyReLU" && key == "negative_slope";
    result[renamed ? "alpha" : key] = portable_config("", value);
  }
  return result;
}

}  // namespace antler::saving
