// All axes but the batch in one.
#pragma once

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// (batch, ...) to (batch, features), row-major: of images, the channels of the first pixel come first.
Layer Flatten(const LayerOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_flatten(ConfigReader& config);

}  // namespace antler::layers
