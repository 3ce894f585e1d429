// Outputs scaled to the length of 1.
#pragma once

#include "antler/layers/axes.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// x / |x|, with the length |x| over `axis`, one or several: `UnitNormalization({1, 2})`. Input and output:
/// any shape, the same.
Layer UnitNormalization(const Axes& axis = -1, const LayerOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_unit_normalization(ConfigReader& config);

}  // namespace antler::layers
