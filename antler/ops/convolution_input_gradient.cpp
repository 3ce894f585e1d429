#include "antler/ops/convolution_input_gradient.h"

#include <algorithm>
#include <array>

#include "antler/ops/kernels/gradients.h"
#include "antler/ops/kernels/product.h"
#include "antler/ops/kernels/transpose.h"

namespace antler::ops {
namespace {

using Geometry = ConvolutionGeometry;

constexpr std::array<kernels::BlockOffset, 1> one_block{};

// The kernel turned by 180 degrees with channels and filters exchanged inside each group: (kh, kw, filters /
// groups, channels).
void turn_kernel(const Convolution& op, const Geometry& g, const float* kernel, float* turned) {
  const int64_t window = g.kernel_height * g.kernel_width;
  const int64_t group_filters = g.group_filters(op.groups);
  for (int64_t at = 0; at < window; ++at) {
    const float* from = kernel + (window - 1 - at) * g.group_channels * g.filters;
    float* to = turned + at * group_filters * g.channels;
    for (int64_t group = 0; group < op.groups; ++group) {
      kernels::transpose(from + group * group_filters, g.filters, g.group_channels, group_filters,
                         to + group * g.group_channels, g.channels);
    }
  }
}

}  // namespace

int64_t ConvolutionInputGradient::kernel_floats(const Geometry& g) {
  return g.kernel_size() + (g.winograd_gradient ? g.winograd_gradient->kernel_floats() : 0);
}

int64_t ConvolutionInputGradient::thread_floats(const Geometry& g) {
  if (g.scatters_gradient) return PaddedImage::floats(g) + g.out_width * g.window_size();
  return g.spread_size() + (g.winograd_gradient ? g.winograd_gradient->scratch_floats() : 0);
}

ConvolutionInputGradient::ConvolutionInputGradient(const Convolution& op, const Geometry& g, float* kernel)
    : op_(op),
      g_(g),
      kernel_(kernel),
      window_(g.scatters_gradient ? window_on_image(op, g) : window_on_gradient(op, g)),
      top_((g.kernel_height - 1) * op.dilation_height - op.pad_top),
      left_((g.kernel_width - 1) * op.dilation_width - op.pad_left),
      holds_rows_(!g.scatters_gradient && op.stride_height == 1 && op.stride_width == 1 && top_ >= 0 &&
                  left_ >= 0 && top_ + g.out_height <= g.spread_height &&
                  left_ + g.out_width <= g.spread_width) {}

void ConvolutionInputGradient::prepare(const float* kernel) const {
  if (g_.scatters_gradient) {
    return kernels::transpose(kernel, g_.filters, g_.window_size(), g_.filters, kernel_, g_.window_size());
  }
  turn_kernel(op_, g_, kernel, kernel_);
  if (g_.winograd_gradient) g_.winograd_gradient->transform_kernel(kernel_, kernel_ + g_.kernel_size());
}

void ConvolutionInputGradient::clear(float* memory) const {
  if (holds_rows_) std::fill_n(memory, g_.spread_size(), 0.0F);
}

float* ConvolutionInputGradient::place(float* memory) const {
  return holds_rows_ ? memory + (top_ * g_.spread_width + left_) * g_.filters : nullptr;
}

void ConvolutionInputGradient::operator()(const GradientRows& dy, ImageTurn turn, float* dx,
                                          float* memory) const {
  if (g_.scatters_gradient) return scatter(dy, dx, memory);
  if (!holds_rows_) spread_rows(dy, memory);
  if (g_.winograd_gradient) {
    convolve_by_winograd(dx, turn, memory, memory + g_.spread_size());
  } else {
    convolve(dx, memory);
  }
}

void ConvolutionInputGradient::convolve_by_winograd(float* dx, ImageTurn turn, const float* spread,
                                                    float* memory) const {
  const Winograd& winograd = *g_.winograd_gradient;
  const SharedProduct shared = winograd.shared_product(turn);
  for (int64_t group = 0; group < winograd.groups(); ++group) {
    winograd.transform(spread, group, shared.image, memory);
    if (shared.is_complete) {
      winograd.convolve(group, shared.image + 1, kernel_ + g_.kernel_size(), nullptr, false,
                        dx - shared.image * g_.image_size(), memory);
    }
  }
}

void ConvolutionInputGradient::convolve(float* dx, const float* spread) const {
  const int64_t group_filters = g_.group_filters(op_.groups);
  for (int64_t row = 0; row < g_.height; ++row) {
    for (int64_t group = 0; group < op_.groups; ++group) {
      kernels::multiply({.rows = g_.width,
                         .columns = g_.group_channels,
                         .depth = window_.depth,
                         .blocks = window_.blocks,
                         .a = spread + row * g_.spread_width * g_.filters + group * group_filters,
                         .a_row_step = g_.filters,
                         .b = kernel_ + group * g_.group_channels,
                         .b_step = g_.channels,
                         .c = dx + row * g_.width * g_.channels + group * g_.group_channels,
                         .c_step = g_.channels});
    }
  }
}

// Pixel by pixel: strides pull them apart, and what falls outside touched padding only.
void ConvolutionInputGradient::spread_rows(const GradientRows& dy, float* spread) const {
  std::fill_n(spread, g_.spread_size(), 0.0F);
  for (int64_t i = 0; i < g_.out_height; ++i) {
    const int64_t row = top_ + i * op_.stride_height;
    if (row < 0 || row >= g_.spread_height) continue;
    for (int64_t j = 0; j < g_.out_width; ++j) {
      const int64_t column = left_ + j * op_.stride_width;
      if (column < 0 || column >= g_.spread_width) continue;
      std::copy_n(dy.data + i * dy.step + j * g_.filters, g_.filters,
                  spread + (row * g_.spread_width + column) * g_.filters);
    }
  }
}

// Row by row of the output: what each of its pixels sends to the pixels under its window, (out_width,
// window), is added where it belongs.
void ConvolutionInputGradient::scatter(const GradientRows& dy, float* dx, float* memory) const {
  const bool padded = PaddedImage::floats(g_) > 0;
  float* sent = memory + PaddedImage::floats(g_);
  float* image = padded ? memory : dx;
  const int64_t row_floats = g_.padded_width * g_.channels;
  std::fill_n(image, g_.padded_size(), 0.0F);
  for (int64_t row = 0; row < g_.out_height; ++row) {
    kernels::multiply({.rows = g_.out_width,
                       .columns = g_.window_size(),
                       .depth = g_.filters,
                       .blocks = one_block,
                       .a = dy.data + row * dy.step,
                       .a_row_step = g_.filters,
                       .b = kernel_,
                       .b_step = g_.window_size(),
                       .c = sent,
                       .c_step = g_.window_size()});
    for (const kernels::BlockOffset& block : window_.blocks) {
      kernels::add_rows({.rows = g_.out_width,
                         .columns = window_.depth,
                         .values = sent + block.b_row,
                         .values_step = g_.window_size(),
                         .sums = image + row * op_.stride_height * row_floats + block.a,
                         .sums_step = op_.stride_width * g_.channels});
    }
  }
  if (!padded) return;
  const float* inside = image + (op_.pad_top * g_.padded_width + op_.pad_left) * g_.channels;
  for (int64_t row = 0; row < g_.height; ++row)
    std::copy_n(inside + row * row_floats, g_.width * g_.channels, dx + row * g_.width * g_.channels);
}

}  // namespace antler::ops
