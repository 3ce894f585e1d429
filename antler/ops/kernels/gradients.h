// The loops around an optimizer's rule: what is done to gradients before, and to weights apart from them.
// Each runs on the calling thread alone.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// In float64, in an order that depends on `count` and the processor alone.
double sum_of_squares(const float* values, int64_t count);

/// values = values * factor / divisor, in this order.
void scale(float* values, int64_t count, float factor, float divisor);

/// values = min(max(values, -limit), limit); NaN stays NaN.
void clip(float* values, int64_t count, float limit);

/// sums += values.
void add(float* sums, const float* values, int64_t count);

struct RowsSum {
  int64_t rows, columns;
  const float* values;
  int64_t values_step;
  float* sums;
  int64_t sums_step;
};

/// sums[row * sums_step + column] += values[row * values_step + column], row after row, so that the rows of
/// the sums may overlap.
void add_rows(const RowsSum& sum);

/// weights -= weights * weight_decay * learning_rate.
void decay(float* weights, int64_t count, float weight_decay, float learning_rate);

/// averages = share * averages + rest * values.
void average(float* averages, const float* values, int64_t count, float share, float rest);

}  // namespace antler::ops::kernels
