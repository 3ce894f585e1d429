// Batch normalisation with a max pooling of its result, for the processor at hand. Each runs on the calling
// thread alone.
#pragma once

#include "antler/ops/kernels/normalization.h"

namespace antler::ops::kernels {

/// One row of windows of a max pooling without overlap or padding, of image rows of (columns, channels).
/// Lines hold a number for each of the pool's rows, or with `per_channel` for each channel.
struct PooledRow {
  int64_t pool_height;
  int64_t pool_width;
  int64_t columns;      // of the image
  int64_t out_columns;  // of the pooled image
  int64_t channels;
  bool per_channel;
};

/// For each window the largest of its line's values, and where `source` is not null which element of the
/// window (row by row) it came from and its x.
void pool_line(const float* x, const PooledRow& row, const Line& line, float* y, uint8_t* source,
               float* source_x);

/// add_products() for each of the pool's rows, which have a mean, a line and sums each: over the elements of
/// one row of windows that `source` says came from there.
void add_pooled_products(const float* dy, const float* source_x, const uint8_t* source, const PooledRow& row,
                         const float* mean, const Line& forward, double* sum, double* product);

/// apply_gradient_line() for an image row, row `window_row` of its windows: dy counts where `source` points
/// here.
void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, const GradientLine& line, float* dx);

}  // namespace antler::ops::kernels
