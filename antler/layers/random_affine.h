// Images rotated, shifted, zoomed and sheared at random in training; in inference the layers do nothing.
// Input and output: (batch, height, width, channels).
#pragma once

#include <optional>
#include <string>

#include "antler/layers/factor.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct RandomAffineOptions {
  /// What is seen beyond an image's edge: "constant", the `fill_value`; "nearest", the edge; "reflect", the
  /// mirror image; "wrap", the image again.
  std::string fill_mode = "reflect";
  /// "bilinear" or "nearest".
  std::string interpolation = "bilinear";
  std::optional<int64_t> seed = {};
  double fill_value = 0.0;
  InputShape input_shape = {};
  std::string name = {};
};

/// By `factor` turns about the middle: 0.1 for up to a tenth of a turn either way. All four throw Error for
/// factors out of bounds, here -1 to 1, and an unknown fill_mode or interpolation.
Layer RandomRotation(const Factor& factor, const RandomAffineOptions& options = {});

/// By shares of the height and the width: more than 0 moves down, and to the right.
Layer RandomTranslation(const Factor& height_factor, const Factor& width_factor,
                        const RandomAffineOptions& options = {});

struct RandomZoomOptions {
  /// The height's factor serves for the width too where not set.
  std::optional<Factor> width_factor = {};
  std::string fill_mode = "reflect";
  std::string interpolation = "bilinear";
  std::optional<int64_t> seed = {};
  double fill_value = 0.0;
  InputShape input_shape = {};
  std::string name = {};
};

/// About the middle: 0.2 shows a fifth more of the scene, -0.2 a fifth less. Of factors, -1 is not allowed.
Layer RandomZoom(const Factor& height_factor, const RandomZoomOptions& options = {});

/// By shares of the distance to the upper edge, and to the left one: rows move sideways by up to `x_factor`,
/// columns up or down by up to `y_factor`. Which way, + or -, is drawn once for both of a pair {low, high}; a
/// number f draws each from -f to f. Factors are 0 to 1.
Layer RandomShear(const Factor& x_factor = 0.0, const Factor& y_factor = 0.0,
                  const RandomAffineOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_random_rotation(ConfigReader& config);
std::shared_ptr<LayerBase> read_random_translation(ConfigReader& config);
std::shared_ptr<LayerBase> read_random_zoom(ConfigReader& config);
std::shared_ptr<LayerBase> read_random_shear(ConfigReader& config);

}  // namespace antler::layers
