// Probabilities from scores, as a layer.
#pragma once

#include "antler/layers/axes.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// Softmax along `axis`, or over several together: `Softmax({1, 2})`. Input and output: any shape of rank 2
/// or more, the same.
Layer Softmax(const Axes& axis = -1, const LayerOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_softmax(ConfigReader& config);

}  // namespace antler::layers
