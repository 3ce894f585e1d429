// Each channel of an image row convolved with a kernel of its own.
#pragma once

#include <algorithm>
#include <cstdint>

namespace antler::ops::kernels {

/// The elements begin to end of a kernel axis that meet an image.
struct Taps {
  int64_t begin;
  int64_t end;
};

/// Of `count` elements, `dilation` apart, the first at `first` of an axis of `extent` elements.
inline Taps taps_within(int64_t first, int64_t dilation, int64_t count, int64_t extent) {
  // How many lie before `place`.
  const auto before = [=](int64_t place) {
    return place <= first ? 0 : std::min(count, (place - first + dilation - 1) / dilation);
  };
  return {before(0), before(extent)};
}

/// One output row. The image rows that it is made of lie `row_step` floats apart, one for each kernel row.
struct DepthwiseRow {
  int64_t channels = 0;
  /// Of the image, and of the output.
  int64_t columns = 0;
  int64_t out_columns = 0;
  int64_t kernel_rows = 0;
  int64_t kernel_columns = 0;
  int64_t row_step = 0;
  /// Of the columns.
  int64_t stride = 1;
  int64_t dilation = 1;
  int64_t pad = 0;
};

/// y[j,c] = (bias[c] or 0) + sum over a,b of x[a, j*stride + b*dilation - pad, c] * kernel[a,b,c], negative
/// results cut to 0 with `relu`. Each runs on the calling thread alone.
void depthwise(const DepthwiseRow& row, const float* x, const float* kernel, const float* bias, bool relu,
               float* y);
/// dkernel[a,b,c] += sum over j of x[a, j*stride + b*dilation - pad, c] * dy[j,c]
void add_depthwise_kernel_gradient(const DepthwiseRow& row, const float* x, const float* dy, float* dkernel);
/// dx[a, j*stride + b*dilation - pad, c] += dy[j,c] * kernel[a,b,c]
void add_depthwise_input_gradient(const DepthwiseRow& row, const float* kernel, const float* dy, float* dx);

}  // namespace antler::ops::kernels
