// Random zeros in training.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct DropoutOptions {
  /// Sets this layer's random numbers apart from those of a layer of the same name with another seed.
  std::optional<int64_t> seed = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// In training each element becomes 0 with probability `rate`, else x / (1 - rate): Srivastava et al. 2014.
/// In inference it does nothing. Input and output: any shape, the same. What is dropped follows from the
/// model's seed, the layer's name and the step. Throws Error unless 0 <= rate < 1.
Layer Dropout(double rate, const DropoutOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_dropout(ConfigReader& config);

}  // namespace antler::layers
