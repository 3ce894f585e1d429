#include "antler/ops/kernels/strips.h"

#include <hwy/cache_control.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "antler/core/memory.h"
#include "antler/ops/kernels/transpose.h"

namespace antler::ops::kernels {

namespace {

// With a strip's width that the compiler knows a row of it is a few moves, and not a loop. Row by row, so
// that neighbouring cache lines are read together; the processor does not foresee rows that lie pages apart.
template <typename Width>
void write(Width strip, const Strips& to, RowRange rows, const float* from, int64_t step) {
  constexpr int64_t rows_ahead = 16;
  const int64_t whole = to.columns / strip * strip;
  const int64_t rest = to.columns - whole;
  for (int64_t row = rows.begin; row < rows.end; ++row, from += step) {
    for (int64_t column = 0; column < whole; column += strip) {
      for (int64_t i = 0; i < strip; i += floats_per_line)
        hwy::Prefetch(from + rows_ahead * step + column + i);
      std::memcpy(to.data + column * to.rows + row * strip, from + column, strip * sizeof(float));
    }
    std::copy_n(from + whole, rest, to.data + whole * to.rows + row * rest);
  }
}

}  // namespace

void write_strips(const Strips& to, RowRange rows, const float* from, int64_t step) {
  switch (strip_width()) {
    case 32:
      return write(std::integral_constant<int64_t, 32>(), to, rows, from, step);
    case 16:
      return write(std::integral_constant<int64_t, 16>(), to, rows, from, step);
    default:
      return write(strip_width(), to, rows, from, step);
  }
}

void write_transposed_strips(const Strips& to, RowRange rows, const float* from, int64_t step) {
  for (int64_t column = 0; column < to.columns; column += strip_width()) {
    const int64_t width = std::min(strip_width(), to.columns - column);
    transpose(from + column * step, step, width, rows.end - rows.begin,
              to.data + column * to.rows + rows.begin * width, width);
  }
}

}  // namespace antler::ops::kernels
