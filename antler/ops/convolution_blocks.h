// Convolution of many images, a few output rows at a time: few enough to stay in a first-level cache while
// more is done to them.
#pragma once

#include <algorithm>

#include "antler/core/function_ref.h"
#include "antler/ops/convolution_taps.h"

namespace antler::ops {

/// Output rows of one image, just convolved, and the rows of the windows of a pooling that lie in them.
struct ConvolvedBlock {
  int64_t image;
  OutputRows rows;
  OutputRows windows;
  float* x;
  const ConvolutionTaps& taps;
};

/// Cuts each output image into blocks of whole windows, `window_height` rows high; its last block has also
/// the rows that no window covers.
class ConvolutionBlocks {
 public:
  ConvolutionBlocks(const Convolution& op, const ConvolutionGeometry& g, int64_t window_height);

  /// Working memory of one thread.
  int64_t thread_floats() const;

  /// Calls body(block) for each block of images [begin, end), on the calling thread. `memory` has
  /// thread_floats(); the inputs are the convolution's.
  void for_each(int64_t begin, int64_t end, std::span<const ConstView> inputs, float* memory,
                FunctionRef<void(const ConvolvedBlock&)> body) const;

 private:
  int64_t count() const { return std::max<int64_t>((window_rows_ + at_once_ - 1) / at_once_, 1); }
  int64_t most_rows() const { return at_once_ * window_height_ + g_.out_height % window_height_; }
  OutputRows windows(int64_t block) const;
  OutputRows rows(int64_t block) const;

  const Convolution& op_;
  const ConvolutionGeometry& g_;
  int64_t window_height_;
  int64_t window_rows_;
  int64_t at_once_;  // rows of windows
};

}  // namespace antler::ops
