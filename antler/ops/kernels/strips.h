// Matrices laid out for multiply(): strip after strip of columns, each row by row without gaps, the last
// strip as narrow as it comes.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// Columns of a strip: two vectors of the processor at hand, a divisor of product_panel.
int64_t strip_width();

/// Memory for a matrix of `rows` by `columns` in strips: rows * columns floats.
struct Strips {
  float* data;
  int64_t rows;
  int64_t columns;
};

/// Which rows of a matrix.
struct RowRange {
  int64_t begin;
  int64_t end;
};

/// Writes these rows of a matrix, the first of which is at `from`, and each next one `step` floats on. Runs
/// on the calling thread alone.
void write_strips(const Strips& to, RowRange rows, const float* from, int64_t step);

/// The same from the matrix's transpose: its rows are the columns there, the first of which is at `from`.
void write_transposed_strips(const Strips& to, RowRange rows, const float* from, int64_t step);

}  // namespace antler::ops::kernels
