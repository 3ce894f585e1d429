// Sides cut off sequences and images.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"
#include "antler/layers/sides.h"

namespace antler::layers {

struct Cropping1DOptions {
  Sides cropping = 1;
  InputShape input_shape = {};
  std::string name = {};
};

struct Cropping2DOptions {
  ImageSides cropping = 0;
  InputShape input_shape = {};
  std::string name = {};
};

/// (batch, steps, channels) to (batch, steps - before - after, channels). Throws Error for a negative number,
/// and for inputs of which nothing would be left.
Layer Cropping1D(const Cropping1DOptions& options = {});
/// The same for images: (batch, height, width, channels) to (batch, height - top - bottom, width - left -
/// right, channels).
Layer Cropping2D(const Cropping2DOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_cropping_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_cropping_2d(ConfigReader& config);

}  // namespace antler::layers
