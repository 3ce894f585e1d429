// Whole images, or sequences, reduced to a number a channel.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct GlobalPoolingOptions {
  /// Keeps the pooled axes, with extents of 1.
  bool keepdims = false;
  InputShape input_shape = {};
  std::string name = {};
};

/// (batch, height, width, channels) to (batch, channels): the mean, or the largest.
Layer GlobalAveragePooling2D(const GlobalPoolingOptions& options = {});
Layer GlobalMaxPooling2D(const GlobalPoolingOptions& options = {});
/// (batch, steps, channels) to (batch, channels).
Layer GlobalAveragePooling1D(const GlobalPoolingOptions& options = {});
Layer GlobalMaxPooling1D(const GlobalPoolingOptions& options = {});

/// Keras's other names.
Layer GlobalAvgPool1D(const GlobalPoolingOptions& options = {});
Layer GlobalAvgPool2D(const GlobalPoolingOptions& options = {});
Layer GlobalMaxPool1D(const GlobalPoolingOptions& options = {});
Layer GlobalMaxPool2D(const GlobalPoolingOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_global_average_pooling_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_global_average_pooling_2d(ConfigReader& config);
std::shared_ptr<LayerBase> read_global_max_pooling_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_global_max_pooling_2d(ConfigReader& config);

}  // namespace antler::layers
