// The same elements under another shape.
#pragma once

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// (batch, ...) to (batch, target_shape...), row-major. One extent may be -1 and is then worked out. Throws
/// Error for more than one, and for an extent below 1 that is not -1.
Layer Reshape(const Shape& target_shape, const LayerOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_reshape(ConfigReader& config);

}  // namespace antler::layers
