// The extents of one convolution, worked out and checked against each other.
#pragma once

#include <optional>

#include "antler/ops/convolution.h"
#include "antler/ops/winograd.h"

namespace antler::ops {

struct ConvolutionGeometry {
  int64_t batch, height, width, channels;
  int64_t kernel_height, kernel_width, group_channels, filters;
  int64_t out_height, out_width;
  // Of the image with its padding, and of the output's gradient as the input's gradient is convolved from it:
  // with zeros between its rows and columns for the strides, and around. Winograd's tiles may reach a pixel
  // further.
  int64_t padded_height, padded_width;
  int64_t spread_height, spread_width;
  // Where Winograd's algorithm serves: forward, and for the input's gradient.
  std::optional<Winograd> winograd, winograd_gradient;

  // Whether the input's gradient is scattered from the output's; else it is a convolution itself.
  bool scatters_gradient;

  int64_t group_filters(int64_t groups) const { return filters / groups; }
  int64_t window_size() const { return kernel_height * kernel_width * group_channels; }
  int64_t kernel_size() const { return window_size() * filters; }
  int64_t image_size() const { return height * width * channels; }
  int64_t padded_size() const { return padded_height * padded_width * channels; }
  int64_t output_size() const { return out_height * out_width * filters; }
  int64_t spread_size() const { return spread_height * spread_width * filters; }
};

/// Sequences are images of one row. Throws Error for what does not fit together.
ConvolutionGeometry geometry_of(const Convolution& op, const Shape& x, const Shape& kernel);

}  // namespace antler::ops
