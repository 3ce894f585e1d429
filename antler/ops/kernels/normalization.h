// The loops of batch normalisation, for the processor at hand. Each runs on the calling thread alone.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// Sums of a run of numbers that share one channel, or element by element (`per_channel`) of rows of
/// channels. Adds sum(x - shift) to `sum` and sum((x - shift)^2) to `squares`.
void add_moments(const float* x, int64_t count, float shift, double& sum, double& squares);
void add_moments_per_channel(const float* x, int64_t rows, int64_t channels, const float* shift, double* sum,
                             double* squares);

/// Adds sum(dy) to `sum` and sum(dy * (x - mean)) to `product`.
void add_products(const float* dy, const float* x, int64_t count, float mean, double& sum, double& product);
void add_products_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                              const float* mean, double* sum, double* product);

/// A channel's line: forward y = scale * x + shift; backward dx = scale * dy + slope * x + shift.
struct Line {
  const float* scale;
  const float* slope;
  const float* shift;
};

/// y = scale * x + shift over a run of one channel (`per_channel` false: the line's first numbers), or a row
/// of channels.
void apply_line(const float* x, int64_t count, bool per_channel, const Line& line, float* y);
/// dx = scale * dy + slope * x + shift.
void apply_gradient_line(const float* dy, const float* x, int64_t count, bool per_channel, const Line& line,
                         float* dx);

/// One row of windows of a max pooling without overlap or padding, of image rows of (columns, channels).
struct PooledRow {
  int64_t pool_height;
  int64_t pool_width;
  int64_t columns;      // of the image
  int64_t out_columns;  // of the pooled image
  int64_t channels;
};

/// For each window the largest scale * x + shift, and where `source` is not null which element of the window
/// (row by row) it came from and its x. `line` holds a number for each of the pool's rows, or with
/// `per_channel` for each channel.
void pool_line(const float* x, const PooledRow& row, bool per_channel, const Line& line, float* y,
               uint8_t* source, float* source_x);

/// add_products() over the elements of one row of windows that `source` says came from the pool's row
/// `window_row`.
void add_pooled_products(const float* dy, const float* source_x, const uint8_t* source, const PooledRow& row,
                         int64_t window_row, float mean, double& sum, double& product);

/// apply_gradient_line() for an image row, row `window_row` of its windows: dy counts where `source` points
/// here.
void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, bool per_channel, const Line& line, float* dx);

}  // namespace antler::ops::kernels
