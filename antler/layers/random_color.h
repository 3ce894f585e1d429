// Images made brighter and darker, flatter and harder at random in training; in inference the layers do
// nothing. Input and output: (batch, height, width, channels).
#pragma once

#include <optional>
#include <string>

#include "antler/layers/factor.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct RandomColorOptions {
  /// What values of pixels lie between; results are cut to it.
  Factor value_range = {0.0, 255.0};
  std::optional<int64_t> seed = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// Adds a share of the value range. Throws Error for factors below -1 or above 1.
Layer RandomBrightness(const Factor& factor, const RandomColorOptions& options = {});

/// Takes each image's distances from its channels' means times a number: from 1 - a to 1 + b for a factor {a,
/// b}. One number b is {0, b}, as in Keras 3.15; a file of Keras 2 means {b, b}. Throws Error for factors
/// below 0 or above 1.
Layer RandomContrast(const Factor& factor, const RandomColorOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_random_brightness(ConfigReader& config);
std::shared_ptr<LayerBase> read_random_contrast(ConfigReader& config);

}  // namespace antler::layers
