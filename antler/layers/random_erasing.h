// Rectangles of images erased at random in training; in inference the layer does nothing. Input and output:
// (batch, height, width, channels).
#pragma once

#include <optional>
#include <string>

#include "antler/layers/factor.h"
#include "antler/layers/make_layer.h"
#include "antler/layers/numbers.h"

namespace antler::layers {

class ConfigReader;

struct RandomErasingOptions {
  /// Of how many images something is erased, 0 to 1: a number for a share drawn from 0 up to it, or an
  /// interval.
  Factor factor = 1.0;
  /// The squares of the rectangle's sides, as shares of the image's: each side is drawn on its own. A number
  /// for 0 up to it, or an interval.
  Factor scale = {0.02, 0.33};
  /// What takes its place: a number, or `Numbers{r, g, b}` for three channels; none: normal noise whose
  /// deviation is the end of the value range. All of it is cut to the value range.
  std::optional<Numbers> fill_value = {};
  /// What values of pixels lie between.
  Factor value_range = {0.0, 255.0};
  std::optional<int64_t> seed = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// Zhong et al., "Random erasing data augmentation", 2017; Keras 3.15. Throws Error for a factor or a scale
/// out of bounds, and for a list of fill values that is not of three.
Layer RandomErasing(const RandomErasingOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_random_erasing(ConfigReader& config);

}  // namespace antler::layers
