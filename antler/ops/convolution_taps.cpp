#include "antler/ops/convolution_taps.h"

#include <algorithm>
#include <array>

#include "antler/ops/kernels/product.h"

namespace antler::ops {
namespace {

constexpr std::array<kernels::BlockOffset, 1> whole{};

void copy(const float* from, int64_t step, int64_t count, float* to) {
  if (step == 1) {
    std::copy_n(from, count, to);
    return;
  }
  for (int64_t i = 0; i < count; ++i) to[i] = from[i * step];
}

}  // namespace

void ConvolutionTaps::read(const float* image, OutputRows rows) {
  pixels_ = rows.count * g_.out_width;
  const int64_t row_floats = g_.padded_width * g_.channels;
  float* to = taps_;
  for (int64_t i = 0; i < g_.kernel_height; ++i) {
    for (int64_t j = 0; j < g_.kernel_width; ++j) {
      for (int64_t c = 0; c < g_.channels; ++c) {
        const float* tap =
            image + i * op_.dilation_height * row_floats + j * op_.dilation_width * g_.channels + c;
        for (int64_t row = rows.first; row < rows.first + rows.count; ++row, to += g_.out_width) {
          copy(tap + row * op_.stride_height * row_floats, op_.stride_width * g_.channels, g_.out_width, to);
        }
      }
    }
  }
  std::fill_n(to, pixels_, 1.0F);
}

void ConvolutionTaps::convolve(const float* kernel, const float* bias, float* y) const {
  kernels::multiply({.rows = pixels_,
                     .columns = g_.filters,
                     .depth = g_.window_size(),
                     .blocks = whole,
                     .a = taps_,
                     .a_row_step = 1,
                     .a_step = pixels_,
                     .b = kernel,
                     .b_step = g_.filters,
                     .c = y,
                     .c_step = g_.filters,
                     .bias = bias,
                     .relu = op_.relu});
}

void ConvolutionTaps::add_gradients(const float* dy, float* gradients) const {
  kernels::multiply({.rows = g_.window_size() + 1,
                     .columns = g_.filters,
                     .depth = pixels_,
                     .blocks = whole,
                     .a = taps_,
                     .a_row_step = pixels_,
                     .a_step = 1,
                     .b = dy,
                     .b_step = g_.filters,
                     .c = gradients,
                     .c_step = g_.filters,
                     .accumulate = true});
}

}  // namespace antler::ops
