// Layers of several inputs that become one.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// Each combines its inputs element by element: `Add()({a, b, c})`. Inputs: one or more, (batch, ...);
/// extents of 1 are repeated, and an input of lower rank gets extents of 1 behind its batch axis, as in
/// Keras.
Layer Add(const LayerOptions& options = {});
/// The first minus the second; exactly two inputs.
Layer Subtract(const LayerOptions& options = {});
Layer Multiply(const LayerOptions& options = {});
Layer Average(const LayerOptions& options = {});
Layer Maximum(const LayerOptions& options = {});
Layer Minimum(const LayerOptions& options = {});

struct ConcatenateOptions {
  int axis = -1;
  InputShape input_shape = {};
  std::string name = {};
};
/// The inputs one behind the other along `axis`; all other extents must be equal.
Layer Concatenate(const ConcatenateOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_add(ConfigReader& config);
std::shared_ptr<LayerBase> read_subtract(ConfigReader& config);
std::shared_ptr<LayerBase> read_multiply(ConfigReader& config);
std::shared_ptr<LayerBase> read_average(ConfigReader& config);
std::shared_ptr<LayerBase> read_maximum(ConfigReader& config);
std::shared_ptr<LayerBase> read_minimum(ConfigReader& config);
std::shared_ptr<LayerBase> read_concatenate(ConfigReader& config);

}  // namespace antler::layers
