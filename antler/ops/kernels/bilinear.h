// A picture looked at between its pixels, for the processor at hand. It runs on the calling thread alone.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// One channel of an image in a frame, which is what is seen beyond the edge: a pixel wide to the left and
/// above, two to the right and below.
struct FramedPlane {
  /// (height + frame, width + frame): the frame's upper left corner.
  const float* data;
  int64_t height;
  int64_t width;

  static constexpr int64_t frame = 3;
  int64_t row_floats() const { return width + frame; }
};

/// out[i] = the plane at (x[i], y[i]), bilinearly between its pixels; (0, 0) is the middle of the first one.
/// Places further out than the frame are looked up in the frame. Every number must be finite, and the plane
/// smaller than 2^31 floats.
void bilinear(const FramedPlane& plane, const float* x, const float* y, int64_t count, float* out);

}  // namespace antler::ops::kernels
