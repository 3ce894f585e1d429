#include "antler/ops/convolution_images.h"

#include <algorithm>

namespace antler::ops {
namespace {

// The sizes are those of what is convolved: the image forward, the output's gradient backward.
Window window_of(const Convolution& op, const ConvolutionGeometry& g, int64_t row_floats, int64_t channels,
                 int64_t group_channels) {
  const bool contiguous = op.groups == 1 && op.dilation_width == 1;
  const int64_t runs = contiguous ? 1 : g.kernel_width;
  Window window{{}, contiguous ? g.kernel_width * channels : group_channels};
  for (int64_t i = 0; i < g.kernel_height; ++i) {
    for (int64_t j = 0; j < runs; ++j) {
      window.blocks.push_back({.a = i * op.dilation_height * row_floats + j * op.dilation_width * channels,
                               .b_row = (i * g.kernel_width + j) * group_channels});
    }
  }
  return window;
}

}  // namespace

Window window_on_image(const Convolution& op, const ConvolutionGeometry& g) {
  return window_of(op, g, g.padded_width * g.channels, g.channels, g.group_channels);
}

Window window_on_gradient(const Convolution& op, const ConvolutionGeometry& g) {
  return window_of(op, g, g.spread_width * g.filters, g.filters, g.group_filters(op.groups));
}

int64_t PaddedImage::floats(const ConvolutionGeometry& g) {
  return g.padded_height > g.height || g.padded_width > g.width ? g.padded_size() : 0;
}

PaddedImage::PaddedImage(const Convolution& op, const ConvolutionGeometry& g, float* memory)
    : g_(g),
      memory_(floats(g) > 0 ? memory : nullptr),
      inside_(memory + (op.pad_top * g.padded_width + op.pad_left) * g.channels) {
  if (memory_ != nullptr) std::fill_n(memory_, g.padded_size(), 0.0F);
}

const float* PaddedImage::of(const float* image) const {
  if (memory_ == nullptr) return image;
  const int64_t row_floats = g_.width * g_.channels;
  for (int64_t row = 0; row < g_.height; ++row)
    std::copy_n(image + row * row_floats, row_floats, inside_ + row * g_.padded_width * g_.channels);
  return memory_;
}

}  // namespace antler::ops
