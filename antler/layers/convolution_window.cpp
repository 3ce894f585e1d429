#include "antler/layers/convolution_window.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/checks.h"
#include "antler/layers/window.h"

namespace antler::layers {

void check(const ConvolutionWindow& window) {
  check_range("kernel_size", window.kernel_size);
  check_range("strides", window.strides);
  check_range("dilation_rate", window.dilation_rate);
  const bool strided = std::max(window.strides.height, window.strides.width) > 1;
  if (strided && std::max(window.dilation_rate.height, window.dilation_rate.width) > 1) {
    throw Error("strides and dilation_rate are both above 1; expected one of them to be 1");
  }
}

ops::Convolution convolution_over(const Shape& input, const ConvolutionWindow& window) {
  const auto& [kernel, strides, dilation, padding] = window;
  const Margin rows = margin_of(padding, input[1], kernel.height, strides.height, dilation.height);
  const Margin columns = margin_of(padding, input[2], kernel.width, strides.width, dilation.width);
  ops::Convolution convolution;
  convolution.stride_height = strides.height;
  convolution.stride_width = strides.width;
  convolution.dilation_height = dilation.height;
  convolution.dilation_width = dilation.width;
  convolution.pad_top = rows.before;
  convolution.pad_bottom = rows.after;
  convolution.pad_left = columns.before;
  convolution.pad_right = columns.after;
  return convolution;
}

}  // namespace antler::layers
