// Images enlarged.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct UpSampling2DOptions {
  /// Rows, columns.
  Pair size = 2;
  /// "nearest" or "bilinear".
  std::string interpolation = "nearest";
  InputShape input_shape = {};
  std::string name = {};
};

/// (batch, height, width, channels) to (batch, height * size, width * size, channels). Throws Error for a
/// size below 1 and for an interpolation that antler does not have.
Layer UpSampling2D(const UpSampling2DOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_up_sampling_2d(ConfigReader& config);

}  // namespace antler::layers
