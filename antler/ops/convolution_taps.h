// The windows of an image as a matrix, for convolutions whose windows are small.
#pragma once

#include "antler/ops/convolution_geometry.h"

namespace antler::ops {

/// Rows `first` on of a convolution's output, `count` of them.
struct OutputRows {
  int64_t first;
  int64_t count;
};

/// What the windows of some output rows see of one image: a row for each tap, a window's element, and a
/// column for each output pixel. It serves the convolution and the kernel's gradient, both in products as
/// deep as they can be. One group; each call runs on the calling thread alone.
class ConvolutionTaps {
 public:
  static int64_t floats(const ConvolutionGeometry& g, int64_t rows) {
    return (g.window_size() + 1) * rows * g.out_width;
  }

  /// `memory` has floats() for the most rows that read() will see.
  ConvolutionTaps(const Convolution& op, const ConvolutionGeometry& g, float* memory)
      : op_(op), g_(g), taps_(memory) {}

  /// `image` has its padding.
  void read(const float* image, OutputRows rows);
  /// Writes the output rows to `y`; `bias` may be null.
  void convolve(const float* kernel, const float* bias, float* y) const;
  /// Adds what the output rows contribute, whose gradient is dy, to the kernel's gradient and to that of the
  /// bias, which lies behind it.
  void add_gradients(const float* dy, float* gradients) const;

 private:
  const Convolution& op_;
  const ConvolutionGeometry& g_;
  float* taps_;
  int64_t pixels_ = 0;
};

}  // namespace antler::ops
