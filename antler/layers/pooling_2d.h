// Max and average pooling of images.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct Pooling2DOptions {
  Pair pool_size = 2;
  /// As the pool where not given.
  Pair strides = pool_size;
  /// "valid" or "same".
  std::string padding = "valid";
  InputShape input_shape = {};
  std::string name = {};
};

/// The maximum of each window of each channel: (batch, height, width, channels) to (batch, rows, columns,
/// channels). Padding is never the maximum. Throws Error for settings below 1.
Layer MaxPooling2D(const Pooling2DOptions& options = {});
/// Keras's other name of MaxPooling2D.
Layer MaxPool2D(const Pooling2DOptions& options = {});
/// The mean of each window of each channel, padding not counted.
Layer AveragePooling2D(const Pooling2DOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_max_pooling_2d(ConfigReader& config);
std::shared_ptr<LayerBase> read_average_pooling_2d(ConfigReader& config);

}  // namespace antler::layers
