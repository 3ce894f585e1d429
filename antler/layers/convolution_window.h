// The window that convolutions slide over sequences and images: what Conv1D, Conv2D and their kin have in
// common.
#pragma once

#include <string>

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/layer.h"
#include "antler/ops/convolution.h"

namespace antler::layers {

/// Of sequences, as that of images of one row.
struct ConvolutionWindow {
  Pair kernel_size;
  Pair strides;
  Pair dilation_rate;
  std::string padding;  // "valid", "same" or "causal"
};

/// Throws Error for extents below 1.
void check(const ConvolutionWindow& window);
/// Throws Error for strides and dilation both above 1, which Keras takes for depthwise convolutions alone.
void refuse_strides_with_dilation(const ConvolutionWindow& window);

/// The window that a layer's options describe.
template <class Options>
ConvolutionWindow window_of(const Options& options) {
  return {options.kernel_size, options.strides, options.dilation_rate, options.padding};
}

/// Checks what the options of all these layers have in common, and brings padding and activation to the names
/// that Keras writes. The padding "causal" is for those that say so.
template <class Options>
void settle(Options& options, bool causal = false) {
  options.padding = checked_padding(options.padding, causal);
  check(window_of(options));
  options.activation = checked_activation(options.activation);
}

/// The shape of a kernel: (steps, rows, columns) or (height, width, rows, columns), where each window element
/// has a matrix.
Shape kernel_shape(const Single& size, int64_t rows, int64_t columns);
Shape kernel_shape(const Pair& size, int64_t rows, int64_t columns);

/// The convolution that slides `window` over sequences or images of shape `input`; groups and bias are left
/// to the caller.
ops::Convolution convolution_over(const Shape& input, const ConvolutionWindow& window);

/// For layers whose configuration has "groups" in Keras 2 alone. Throws Error for more than one.
void require_one_group(ConfigReader& config);

}  // namespace antler::layers
