// Images brought to one size. Input: (batch, height, width, channels).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct ResizingOptions {
  /// "bilinear" or "nearest".
  std::string interpolation = "bilinear";
  /// Cuts what would not keep its proportions off both sides first.
  bool crop_to_aspect_ratio = false;
  /// Adds zeros on both sides instead.
  bool pad_to_aspect_ratio = false;
  InputShape input_shape = {};
  std::string name = {};
};

/// Output: (batch, height, width, channels), stretched. Throws Error for extents below 1, both ways to keep
/// proportions at once and an unknown interpolation.
Layer Resizing(int64_t height, int64_t width, const ResizingOptions& options = {});

/// The middle of images: (batch, height, width, channels). Smaller images are resized as by Resizing with
/// crop_to_aspect_ratio. Throws Error for extents below 1.
Layer CenterCrop(int64_t height, int64_t width, const LayerOptions& options = {});

struct RandomCropOptions {
  std::optional<int64_t> seed = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// In training a window of images, at a place drawn for the batch as a whole: (batch, height, width,
/// channels). In inference, and where images are smaller, what Resizing with crop_to_aspect_ratio makes of
/// them. So Keras's documentation has it, and Keras 2 does it; Keras 3.15.1 leaves images as they are in
/// inference, so that layers behind it meet another size than in training. Throws Error for extents below 1.
Layer RandomCrop(int64_t height, int64_t width, const RandomCropOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_resizing(ConfigReader& config);
std::shared_ptr<LayerBase> read_center_crop(ConfigReader& config);
std::shared_ptr<LayerBase> read_random_crop(ConfigReader& config);

}  // namespace antler::layers
