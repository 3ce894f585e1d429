// The window that convolutions slide over images: what Conv2D and its kin have in common.
#pragma once

#include <string>

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/layer.h"
#include "antler/ops/convolution.h"

namespace antler::layers {

struct ConvolutionWindow {
  Pair kernel_size;
  Pair strides;
  Pair dilation_rate;
  std::string padding;  // "valid" or "same"
};

/// Throws Error for extents below 1, and for strides and dilation both above 1, as Keras does.
void check(const ConvolutionWindow& window);

/// The window that a layer's options describe.
template <class Options>
ConvolutionWindow window_of(const Options& options) {
  return {options.kernel_size, options.strides, options.dilation_rate, options.padding};
}

/// Checks what the options of all these layers have in common, and brings padding and activation to the names
/// that Keras writes.
template <class Options>
void settle(Options& options) {
  options.padding = checked_padding(options.padding);
  check(window_of(options));
  options.activation = checked_activation(options.activation);
}

/// The convolution that slides `window` over images of shape `input`; groups and bias are left to the caller.
ops::Convolution convolution_over(const Shape& input, const ConvolutionWindow& window);

}  // namespace antler::layers
