// The matrix product behind convolution and dense layers, for the processor at hand.
#pragma once

#include <cstdint>
#include <span>

namespace antler::ops::kernels {

/// Where one block of the summation starts in `a` and `b`, in floats.
struct BlockOffset {
  int64_t a = 0;
  int64_t b = 0;
};

/// c[m][n] = (accumulate ? c[m][n] : 0) + (bias[n] or 0) + sum over blocks i and k < depth of
///     a[blocks[i].a + m * a_row_step + k * a_step] * b[blocks[i].b + k * b_step + n],
/// with m < rows and n < columns, and negative results cut to 0 with `relu`. The blocks let the rows of a
/// kernel window lie apart: a convolution is such a product without its input ever being copied to a matrix.
struct Product {
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t depth = 0;
  std::span<const BlockOffset> blocks;
  const float* a = nullptr;
  int64_t a_row_step = 0;
  int64_t a_step = 1;
  const float* b = nullptr;
  int64_t b_step = 0;
  float* c = nullptr;
  int64_t c_step = 0;
  bool accumulate = false;
  const float* bias = nullptr;
  bool relu = false;
};

/// Columns worked on at a time at most; whoever splits columns over threads or packs them does so in
/// multiples of it.
inline constexpr int64_t product_panel = 64;

/// A float loses digits over a long chain of sums: it is cut into chains of this length, which are then added
/// up.
inline constexpr int64_t longest_chain = 256;

/// How many columns multiply() goes through together: where b is packed in strips of so many, each is read
/// line by line.
int64_t product_strip();

/// Runs on the calling thread alone.
void multiply(const Product& product);

}  // namespace antler::ops::kernels
