// Max and average pooling of sequences and images.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// `Extent` is Single for sequences and Pair for images.
template <class Extent>
struct PoolingOptions {
  Extent pool_size = 2;
  /// As the pool where not given.
  Extent strides = pool_size;
  /// "valid" or "same".
  std::string padding = "valid";
  InputShape input_shape = {};
  std::string name = {};
};
using Pooling1DOptions = PoolingOptions<Single>;
using Pooling2DOptions = PoolingOptions<Pair>;

/// The maximum of each window of each channel: (batch, height, width, channels) to (batch, rows, columns,
/// channels). Padding is never the maximum. Throws Error for settings below 1.
Layer MaxPooling2D(const Pooling2DOptions& options = {});
/// The mean of each window of each channel, padding not counted.
Layer AveragePooling2D(const Pooling2DOptions& options = {});
/// The same for sequences: (batch, steps, channels) to (batch, new steps, channels).
Layer MaxPooling1D(const Pooling1DOptions& options = {});
Layer AveragePooling1D(const Pooling1DOptions& options = {});

/// Keras's other names.
Layer MaxPool1D(const Pooling1DOptions& options = {});
Layer MaxPool2D(const Pooling2DOptions& options = {});
Layer AvgPool1D(const Pooling1DOptions& options = {});
Layer AvgPool2D(const Pooling2DOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_average_pooling_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_average_pooling_2d(ConfigReader& config);
std::shared_ptr<LayerBase> read_max_pooling_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_max_pooling_2d(ConfigReader& config);

}  // namespace antler::layers
