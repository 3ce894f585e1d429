// Axes in another order, and vectors repeated.
#pragma once

#include <vector>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// Axis i of the output is axis dims[i - 1] of the input, counted from 1, the batch axis staying the first:
/// Permute({2, 1}). Throws Error unless `dims` are the numbers 1 to their count.
Layer Permute(const std::vector<int64_t>& dims, const LayerOptions& options = {});

/// (batch, features) to (batch, n, features).
Layer RepeatVector(int64_t n, const LayerOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_permute(ConfigReader& config);
std::shared_ptr<LayerBase> read_repeat_vector(ConfigReader& config);

}  // namespace antler::layers
