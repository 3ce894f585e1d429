// The matrix product behind convolution and dense layers, for the processor at hand.
#pragma once

#include <cstdint>
#include <span>

namespace antler::ops::kernels {

/// Where one block of the summation starts: in `a`, in floats, and at which row of `b`.
struct BlockOffset {
  int64_t a = 0;
  int64_t b_row = 0;
};

/// c[m][n] = (accumulate ? c[m][n] : 0) + (bias[n] or 0) + sum over blocks i and k < depth of
///     a[blocks[i].a + m * a_row_step + k * a_step] * b[(blocks[i].b_row + k) * b_step + n],
/// with m < rows and n < columns, and negative results cut to 0 with `relu`. The blocks let the rows of a
/// kernel window lie apart: a convolution is such a product without its input ever being copied to a matrix.
///
/// The columns of b are worked on a strip at a time. In a wide matrix the rows of a strip lie far apart,
/// often a power of two, and drive each other out of the first-level cache, once for each tile of rows. So a
/// b that many rows of a read is better laid out in strips, see strips.h: `strip_rows` is then how many rows
/// it has.
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
  /// 0: b is a plain matrix. Otherwise `b_step` does not count.
  int64_t strip_rows = 0;
  float* c = nullptr;
  int64_t c_step = 0;
  bool accumulate = false;
  const float* bias = nullptr;
  bool relu = false;
};

/// Whoever spreads columns over threads does so in multiples of it, which are whole strips.
inline constexpr int64_t product_panel = 64;

/// A float loses digits over a long chain of sums: it is cut into chains of this length, which are then added
/// up.
inline constexpr int64_t longest_chain = 256;

/// Runs on the calling thread alone.
void multiply(const Product& product);

}  // namespace antler::ops::kernels
