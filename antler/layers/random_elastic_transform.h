// Images distorted elastically at random in training; in inference the layer does nothing. Input and output:
// (batch, height, width, channels).
#pragma once

#include <optional>
#include <string>

#include "antler/layers/factor.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct RandomElasticTransformOptions {
  /// How many images are distorted, 0 to 1: a number for a share drawn from 0 up to it, or an interval.
  Factor factor = 1.0;
  /// How far, 0 to 1, drawn for a batch as a whole: a number for 0 up to it, or an interval.
  Factor scale = 1.0;
  /// "bilinear" or "nearest".
  std::string interpolation = "bilinear";
  /// What is seen beyond an image's edge, as in RandomRotation; Keras's "mirror" is not there.
  std::string fill_mode = "reflect";
  double fill_value = 0.0;
  /// What values of pixels lie between; results are cut to it.
  Factor value_range = {0.0, 255.0};
  std::optional<int64_t> seed = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// Each pixel moved by smooth noise: Simard, Steinkraus, Platt, "Best practices for convolutional neural
/// networks", 2003; Keras 3.15. ops::RandomElastic has the formula. For images of 28 x 28 and a scale of 1,
/// pixels move by 0.8 along each axis (standard deviation). Throws Error for a factor or a scale out of
/// bounds, and an unknown fill_mode or interpolation.
Layer RandomElasticTransform(const RandomElasticTransformOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_random_elastic_transform(ConfigReader& config);

}  // namespace antler::layers
