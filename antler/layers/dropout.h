// Random zeros in training.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct DropoutOptions {
  /// What is dropped together: an extent of 1 where one draw serves all along that axis, `Shape::unknown` or
  /// the input's own extent elsewhere; with the batch axis: `.noise_shape = Shape{Shape::unknown, 1, 8}`.
  /// Each element by itself where not set.
  std::optional<Shape> noise_shape = {};
  /// Sets this layer's random numbers apart from those of a layer of the same name with another seed.
  std::optional<int64_t> seed = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// In training each element becomes 0 with probability `rate`, else x / (1 - rate): Srivastava et al. 2014.
/// In inference it does nothing. Input and output: any shape, the same. What is dropped follows from the
/// model's seed, the names of the layer and of the models around it, and the step. Throws Error unless
/// 0 <= rate <= 1.
Layer Dropout(double rate, const DropoutOptions& options = {});

/// The same for whole feature maps: Tompson et al. 2014. Input and output: (batch, steps, channels).
Layer SpatialDropout1D(double rate, const RandomOptions& options = {});
/// Input and output: (batch, height, width, channels).
Layer SpatialDropout2D(double rate, const RandomOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_dropout(ConfigReader& config);
std::shared_ptr<LayerBase> read_spatial_dropout_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_spatial_dropout_2d(ConfigReader& config);

}  // namespace antler::layers
