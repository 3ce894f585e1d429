// Inputs brought to another range.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"
#include "antler/layers/numbers.h"

namespace antler::layers {

class ConfigReader;

struct RescalingOptions {
  Numbers offset = 0.0;
  InputShape input_shape = {};
  std::string name = {};
};

/// x * scale + offset, in training and inference: `Rescaling(1.0 / 255)`. An array instead of a number is
/// matched with the input's last axes: `Rescaling({1, 2, 3})` for images of three channels. Input and output:
/// any shape, the same.
Layer Rescaling(const Numbers& scale, const RescalingOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_rescaling(ConfigReader& config);

}  // namespace antler::layers
