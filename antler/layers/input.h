// Where data enter a model.
#pragma once

#include "antler/layers/layer.h"

namespace antler::layers {

class ConfigReader;

/// `shape` is without the batch axis: Input({28, 28, 1}). Keras's class of it is InputLayer. Throws Error for
/// an extent that is unknown or below 1, and for more than 2^31 elements.
Layer Input(const Shape& shape, const std::string& name = "");

/// For the registry.
std::shared_ptr<LayerBase> read_input(ConfigReader& config);

}  // namespace antler::layers
