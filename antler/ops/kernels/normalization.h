// The loops of batch normalisation, for the processor at hand. Each runs on the calling thread alone.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// y = scale * x + shift, of one channel or of each; with `relu` negative results become 0.
struct Line {
  const float* scale;
  const float* shift;
  bool relu = false;

  /// The line of channel `c` and those after it.
  Line from(int64_t c) const { return {scale + c, shift + c, relu}; }
};

/// dx = scale * dy + slope * x + shift, where dy counts as 0 for each x that the relu of `forward` cut off;
/// with `of_relu`, 0 where x is not positive.
struct GradientLine {
  const float* scale;
  const float* slope;
  const float* shift;
  Line forward;
  bool of_relu = false;

  GradientLine from(int64_t c) const { return {scale + c, slope + c, shift + c, forward.from(c), of_relu}; }
};

// Of a run of `count` numbers that share one channel.

/// Adds sum(x - shift) to `sum` and sum((x - shift)^2) to `squares`.
void add_moments(const float* x, int64_t count, float shift, double& sum, double& squares);
/// Adds sum(dy) to `sum` and sum(dy * (x - mean)) to `product`; dy counts as in GradientLine.
void add_products(const float* dy, const float* x, int64_t count, float mean, const Line& forward,
                  double& sum, double& product);
void apply_line(const float* x, int64_t count, const Line& line, float* y);
void apply_gradient_line(const float* dy, const float* x, int64_t count, const GradientLine& line, float* dx);

// The same of `rows` of `channels` numbers; each channel has its own line, mean, shift and sums.

void add_moments_per_channel(const float* x, int64_t rows, int64_t channels, const float* shift, double* sum,
                             double* squares);
void add_products_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                              const float* mean, const Line& forward, double* sum, double* product);
void apply_line_per_channel(const float* x, int64_t rows, int64_t channels, const Line& line, float* y);
void apply_gradient_line_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                                     const GradientLine& line, float* dx);

}  // namespace antler::ops::kernels
