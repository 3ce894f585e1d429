// The loops of pooling, for the processor at hand. Each runs on the calling thread alone.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// One row of windows on an image of rows of (columns, channels): image rows first_row to last_row, and
/// `pool` columns every `stride`, the first window `pad` columns to the left of the image. What lies outside
/// of the image does not count.
struct WindowRow {
  int64_t first_row, last_row;  // the latter not included
  int64_t columns;              // of the image
  int64_t channels;
  int64_t windows;
  int64_t pool, stride, pad;
};

/// y (windows, channels): the largest of each window, or the mean.
void max_windows(const float* image, const WindowRow& row, float* y);
void mean_windows(const float* image, const WindowRow& row, float* y);

/// Adds dy (windows, channels) to the gradient of the image: all to the first element that is the largest, or
/// an equal share to each.
void add_max_windows_gradient(const float* image, const float* dy, const WindowRow& row, float* dimage);
void add_mean_windows_gradient(const float* dy, const WindowRow& row, float* dimage);

}  // namespace antler::ops::kernels
