// What a product followed by a relu does to its output's gradient first, for the processor at hand.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// A block of `rows` by `columns` gradients, whose rows start `row_step` floats apart.
struct ReluGradient {
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t row_step = 0;
  const float* gradient = nullptr;
  /// The relu's output, which lies as the gradient does: where it is not above 0 the gradient is 0. Null:
  /// there is no relu.
  const float* output = nullptr;
  /// Where the gradients before the relu go, rows `masked_step` floats apart; null: nowhere.
  float* masked = nullptr;
  int64_t masked_step = 0;
  /// The sum of each column is added to it, which makes a bias's gradient; null: it is not wanted.
  float* sums = nullptr;
};

/// Runs on the calling thread alone.
void relu_gradient(const ReluGradient& block);

}  // namespace antler::ops::kernels
