// Where data enter a model.
#pragma once

#include "antler/layers/layer.h"

namespace antler::layers {

/// `shape` is without the batch axis: Input({28, 28, 1}). Keras's class of it is InputLayer.
Layer Input(const Shape& shape, const std::string& name = "");

}  // namespace antler::layers
