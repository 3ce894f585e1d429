#include "antler/layers/convolution_window.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/window.h"

namespace antler::layers {

void check(const ConvolutionWindow& window) {
  check_range("kernel_size", window.kernel_size);
  check_range("strides", window.strides);
  check_range("dilation_rate", window.dilation_rate);
}

void refuse_strides_with_dilation(const ConvolutionWindow& window) {
  const bool strided = std::max(window.strides.height, window.strides.width) > 1;
  if (strided && std::max(window.dilation_rate.height, window.dilation_rate.width) > 1) {
    throw Error("strides and dilation_rate are both above 1; expected one of them to be 1");
  }
}

Shape kernel_shape(const Single& size, int64_t rows, int64_t columns) {
  return {size.steps, rows, columns};
}

Shape kernel_shape(const Pair& size, int64_t rows, int64_t columns) {
  return {size.height, size.width, rows, columns};
}

ops::Convolution convolution_over(const Shape& input, const ConvolutionWindow& window) {
  const auto& [kernel, strides, dilation, padding] = window;
  const int64_t height = input.rank() == 3 ? 1 : input[-3];
  const Margin rows = margin_of(padding, height, kernel.height, strides.height, dilation.height);
  const Margin columns = margin_of(padding, input[-2], kernel.width, strides.width, dilation.width);
  check_size("the padded input",
             {height + rows.before + rows.after, input[-2] + columns.before + columns.after, input.back()});
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

void require_one_group(ConfigReader& config) {
  const int64_t groups = config.integer("groups", 1);
  if (groups != 1) throw Error("groups is {}; expected 1", groups);
}

}  // namespace antler::layers
