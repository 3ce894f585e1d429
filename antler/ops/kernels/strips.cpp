#include "antler/ops/kernels/strips.h"

#include <hwy/cache_control.h>

#include <algorithm>

#include "antler/ops/kernels/transpose.h"

namespace antler::ops::kernels {

// Row by row, so that neighbouring cache lines are read together; the processor does not foresee rows that
// lie pages apart.
void write_strips(const Strips& to, RowRange rows, const float* from, int64_t step) {
  constexpr int64_t rows_ahead = 16;
  const int64_t strip = strip_width();
  for (int64_t row = rows.begin; row < rows.end; ++row) {
    const float* line = from + (row - rows.begin) * step;
    for (int64_t column = 0; column < to.columns; column += strip) {
      hwy::Prefetch(line + rows_ahead * step + column);
      const int64_t width = std::min(strip, to.columns - column);
      float* place = to.data + column * to.rows + row * width;
      for (int64_t i = 0; i < width; ++i) place[i] = line[column + i];
    }
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
