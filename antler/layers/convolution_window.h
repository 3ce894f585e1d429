// The window that convolutions slide over images: what Conv2D and its kin have in common.
#pragma once

#include <string>

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

/// The convolution that slides `window` over images of shape `input`; groups and bias are left to the caller.
ops::Convolution convolution_over(const Shape& input, const ConvolutionWindow& window);

}  // namespace antler::layers
