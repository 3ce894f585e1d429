// Sequences and images enlarged.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct UpSampling1DOptions {
  int64_t size = 2;
  InputShape input_shape = {};
  std::string name = {};
};

struct UpSampling2DOptions {
  /// Rows, columns.
  Pair size = 2;
  /// "nearest", "bilinear", "bicubic", "lanczos3" or "lanczos5".
  std::string interpolation = "nearest";
  InputShape input_shape = {};
  std::string name = {};
};

/// Each step repeated: (batch, steps, channels) to (batch, steps * size, channels). Throws Error for a size
/// below 1.
Layer UpSampling1D(const UpSampling1DOptions& options = {});
/// (batch, height, width, channels) to (batch, height * size, width * size, channels). Throws Error for a
/// size below 1 and for an interpolation that Keras does not have.
Layer UpSampling2D(const UpSampling2DOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_up_sampling_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_up_sampling_2d(ConfigReader& config);

}  // namespace antler::layers
