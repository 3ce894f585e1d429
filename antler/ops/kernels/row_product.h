// A row times a matrix, for the processor at hand: a dense layer on a single sample, which is done when the
// matrix has been read.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// c[n] = (bias[n] or 0) + sum over k < depth of a[k] * b[k * b_step + n], with n < columns, and negative
/// results cut to 0 with `relu`.
struct RowProduct {
  int64_t columns = 0;
  int64_t depth = 0;
  const float* a = nullptr;
  const float* b = nullptr;
  int64_t b_step = 0;
  float* c = nullptr;
  const float* bias = nullptr;
  bool relu = false;
};

/// The very numbers that multiply() gives for one row. Runs on the calling thread alone.
void multiply_row(const RowProduct& product);

}  // namespace antler::ops::kernels
