// Zeros around sequences and images.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"
#include "antler/layers/sides.h"

namespace antler::layers {

/// `Around` is Sides for sequences and ImageSides for images.
template <class Around>
struct ZeroPaddingOptions {
  Around padding = 1;
  InputShape input_shape = {};
  std::string name = {};
};
using ZeroPadding1DOptions = ZeroPaddingOptions<Sides>;
using ZeroPadding2DOptions = ZeroPaddingOptions<ImageSides>;

/// (batch, height, width, channels) to (batch, top + height + bottom, left + width + right, channels). Throws
/// Error for a negative padding.
Layer ZeroPadding2D(const ZeroPadding2DOptions& options = {});
/// The same for sequences: (batch, steps, channels) to (batch, before + steps + after, channels).
Layer ZeroPadding1D(const ZeroPadding1DOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_zero_padding_1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_zero_padding_2d(ConfigReader& config);

}  // namespace antler::layers
