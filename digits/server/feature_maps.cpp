#include "digits/server/feature_maps.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace antler::digits::server {
namespace {

constexpr int64_t most_maps = 64;
constexpr int64_t longest_row = 4096;

// A layer's output for one image.
struct Maps {
  int64_t height;
  int64_t width;
  int64_t channels;
  std::span<const float> values;
};

Maps maps_of(const Tensor& output) {
  const Shape& shape = output.shape();
  if (shape.rank() == 4)
    return {.height = shape[1], .width = shape[2], .channels = shape[3], .values = output.span()};
  return {.height = 1, .width = std::min(output.size(), longest_row), .channels = 1, .values = output.span()};
}

Json pixels(const Maps& maps, int64_t shown) {
  const auto [low, high] = std::ranges::minmax(maps.values);
  const float lowest = std::min(low, 0.0F);
  const float scale = high > lowest ? 255.0F / (high - lowest) : 0.0F;
  Json::array_t pixels;
  pixels.reserve(static_cast<size_t>(shown * maps.height * maps.width));
  for (int64_t map = 0; map < shown; ++map) {
    for (int64_t pixel = 0; pixel < maps.height * maps.width; ++pixel) {
      const float value = maps.values[static_cast<size_t>(pixel * maps.channels + map)];
      // A network that training has broken gives what is no number.
      pixels.emplace_back(std::isfinite(value) ? std::lround((value - lowest) * scale) : 0);
    }
  }
  return pixels;
}

Json layer_json(const layers::Layer& layer, const Tensor& output) {
  const Maps maps = maps_of(output);
  const int64_t shown = std::min(maps.channels, most_maps);
  Json shape = Json::array();
  for (int axis = 1; axis < output.shape().rank(); ++axis) shape.push_back(output.shape()[axis]);
  return {
      {"name", layer.name()},  {"class", layer.class_name()}, {"shape", std::move(shape)},    {"maps", shown},
      {"height", maps.height}, {"width", maps.width},         {"pixels", pixels(maps, shown)}};
}

}  // namespace

Model with_all_layers_as_outputs(const Model& model) {
  const std::vector<Model::Call>& calls = model.calls();
  std::vector<Model::Source> outputs;
  for (int call = 0; call < static_cast<int>(calls.size()); ++call) {
    if (!calls[static_cast<size_t>(call)].inputs.empty()) outputs.emplace_back(call);
  }
  return {model.name(), calls, model.inputs(), outputs};
}

Json feature_maps(const Model& all_layers, const std::vector<Tensor>& outputs) {
  Json maps = Json::array();
  for (size_t i = 0; i < outputs.size(); ++i) {
    const auto call = static_cast<size_t>(all_layers.outputs()[i].call);
    maps.push_back(layer_json(all_layers.calls()[call].layer, outputs[i]));
  }
  return maps;
}

}  // namespace antler::digits::server
