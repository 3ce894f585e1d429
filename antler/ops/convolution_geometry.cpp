#include "antler/ops/convolution_geometry.h"

#include "antler/core/error.h"
#include "antler/ops/images.h"

namespace antler::ops {
namespace {

// Channels that fill the vectors of any processor; fewer waste most of each.
constexpr int64_t many_channels = 16;

void choose_algorithm(const Convolution& op, ConvolutionGeometry& g) {
  const bool has_strides = op.stride_height > 1 || op.stride_width > 1;
  g.scatters_gradient = op.groups == 1 && (has_strides || g.channels < many_channels);
  const Winograd forward = Winograd::of(g.channels, g.filters, g.out_height, g.out_width);
  const Winograd backward = Winograd::of(g.filters, g.channels, g.height, g.width);
  if (!Winograd::serves(op, g.kernel_height, g.kernel_width, forward)) return;
  g.winograd = forward;
  g.padded_height = forward.canvas_height(), g.padded_width = forward.canvas_width();
  g.winograd_gradient = backward;
  g.spread_height = backward.canvas_height(), g.spread_width = backward.canvas_width();
}

}  // namespace

ConvolutionGeometry geometry_of(const Convolution& op, const Shape& input, const Shape& weights) {
  const bool is_sequence = input.rank() == 3 && weights.rank() == 3;
  if (!is_sequence && (input.rank() != 4 || weights.rank() != 4)) {
    throw Error(
        "a convolution has an input of shape {} and a kernel of shape {}; expected three extents each, or "
        "four",
        input.to_string(), weights.to_string());
  }
  const Shape x = as_images(input);
  const Shape kernel = is_sequence ? weights.with_batch(1) : weights;
  ConvolutionGeometry g{};
  g.batch = x[0], g.height = x[1], g.width = x[2], g.channels = x[3];
  g.kernel_height = kernel[0], g.kernel_width = kernel[1], g.group_channels = kernel[2],
  g.filters = kernel[3];
  if (op.groups < 1 || g.group_channels * op.groups != g.channels || g.filters % op.groups != 0) {
    throw Error("a kernel of shape {} does not fit an input of shape {} in {} groups", kernel.to_string(),
                x.to_string(), op.groups);
  }
  g.padded_height = g.height + op.pad_top + op.pad_bottom;
  g.padded_width = g.width + op.pad_left + op.pad_right;
  const int64_t reach_height = (g.kernel_height - 1) * op.dilation_height;
  const int64_t reach_width = (g.kernel_width - 1) * op.dilation_width;
  if (g.padded_height <= reach_height || g.padded_width <= reach_width) {
    throw Error("a kernel that spans {}x{} is larger than the image of {}x{}", reach_height + 1,
                reach_width + 1, g.padded_height, g.padded_width);
  }
  g.out_height = (g.padded_height - reach_height - 1) / op.stride_height + 1;
  g.out_width = (g.padded_width - reach_width - 1) / op.stride_width + 1;
  g.spread_height = g.height + reach_height;
  g.spread_width = g.width + reach_width;
  choose_algorithm(op, g);
  return g;
}

}  // namespace antler::ops
