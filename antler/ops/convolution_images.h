// How a convolution is laid out as products of matrices: windows of an image, and images with zeros around
// them.
#pragma once

#include <vector>

#include "antler/ops/convolution_geometry.h"
#include "antler/ops/kernels/product.h"

namespace antler::ops {

/// Where the elements of a kernel window lie in an image and in a kernel, a block for each run that is
/// contiguous in both: a whole kernel row, unless dilation or groups pull its elements apart.
struct Window {
  std::vector<kernels::BlockOffset> blocks;
  int64_t depth;
};

/// On the padded image, for forward and the kernel's gradient.
Window window_on_image(const Convolution& op, const ConvolutionGeometry& g);
/// On the spread gradient with the turned kernel, for the input's gradient.
Window window_on_gradient(const Convolution& op, const ConvolutionGeometry& g);

/// Images with zeros around them, one after the other in the same memory, whose zeros are written once. An
/// image without padding is left where it is.
class PaddedImage {
 public:
  static int64_t floats(const ConvolutionGeometry& g);

  PaddedImage(const Convolution& op, const ConvolutionGeometry& g, float* memory);
  const float* of(const float* image) const;

 private:
  const ConvolutionGeometry& g_;
  float* memory_;
  float* inside_;
};

}  // namespace antler::ops
