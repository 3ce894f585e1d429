// Images mirrored at random in training.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// In training half of the images are mirrored, in the direction of `mode`: "horizontal", "vertical" or
/// "horizontal_and_vertical", which as in Keras 3 turns them by half a turn. In inference it does nothing.
/// Input and output: (batch, height, width, channels). Throws Error for another mode.
Layer RandomFlip(const std::string& mode = "horizontal_and_vertical", const RandomOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_random_flip(ConfigReader& config);

}  // namespace antler::layers
