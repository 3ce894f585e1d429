// Inputs brought to mean 0 and variance 1.
#pragma once

#include <optional>
#include <string>

#include "antler/layers/axes.h"
#include "antler/layers/make_layer.h"
#include "antler/layers/numbers.h"

namespace antler::layers {

class ConfigReader;

struct NormalizationOptions {
  /// Each index of these axes has a mean and a variance of its own; none, `Axes({})`, for one of all.
  Axes axis = {-1};
  /// Both or neither. Without them, adapt() finds them out.
  std::optional<Numbers> mean = {};
  std::optional<Numbers> variance = {};
  /// x * sqrt(variance) + mean instead: the way back.
  bool invert = false;
  InputShape input_shape = {};
  std::string name = {};
};

/// (x - mean) / max(sqrt(variance), 1e-7), in training and inference. `layer.adapt(x)` before training sets
/// mean and variance to those of `x`. Input and output: any shape, the same. Weights, never trained: mean and
/// variance of the axes' extents, and Keras's count of one number; none where mean and variance are given.
/// Throws Error for one of the two without the other.
Layer Normalization(const NormalizationOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_normalization(ConfigReader& config);

}  // namespace antler::layers
