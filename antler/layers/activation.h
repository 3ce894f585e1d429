// An activation as a layer of its own.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// `activation` is a name of keras.activations: "relu", "softmax", "tanh", ... Input and output: any shape,
/// the same; "glu" alone halves the last extent. "hard_sigmoid" is Keras 3's: clip(x / 6 + 1/2, 0, 1). Throws
/// Error for a name that antler does not know.
Layer Activation(const std::string& activation, const LayerOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_activation(ConfigReader& config);

}  // namespace antler::layers
