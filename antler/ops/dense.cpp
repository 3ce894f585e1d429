#include "antler/ops/dense.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/kernels/product.h"
#include "antler/ops/kernels/relu_gradient.h"
#include "antler/ops/kernels/row_product.h"
#include "antler/ops/kernels/strips.h"
#include "antler/ops/kernels/transpose.h"
#include "antler/ops/ranges.h"

namespace antler::ops {
namespace {

using kernels::BlockOffset;
using kernels::product_panel;

constexpr std::array<BlockOffset, 1> one_block{};

struct Extents {
  int64_t rows, in, out;
};

Extents extents_of(const Shape& x, const Shape& kernel) {
  if (kernel.rank() != 2 || x.rank() < 1 || x.back() != kernel[0]) {
    throw Error("a dense kernel of shape {} does not fit an input of shape {}", kernel.to_string(),
                x.to_string());
  }
  return {x.back() ? x.size() / x.back() : 0, kernel[0], kernel[1]};
}

// A part of a product's result.
struct Part {
  int64_t row, rows, column, columns;
  int thread;
};

// Calls work(part) for parts of a result spread over the threads: panels of columns where there are enough of
// them, else rows.
template <typename Work>
void for_each_part(int64_t rows, int64_t columns, const Work& work) {
  const int64_t panels = (columns + product_panel - 1) / product_panel;
  const auto run_panels = [&](int64_t row, int64_t row_end, int64_t begin, int64_t end, int thread) {
    for (int64_t panel = begin; panel < end; ++panel) {
      const int64_t column = panel * product_panel;
      work(Part{row, row_end - row, column, std::min(product_panel, columns - column), thread});
    }
  };
  if (panels >= thread_count()) {
    parallel_for(panels,
                 [&](int64_t begin, int64_t end, int thread) { run_panels(0, rows, begin, end, thread); });
  } else {
    parallel_for(rows,
                 [&](int64_t begin, int64_t end, int thread) { run_panels(begin, end, 0, panels, thread); });
  }
}

// to[j][i] = from[i][j]
void transpose(const float* from, int64_t rows, int64_t columns, float* to) {
  for_each_range(columns, rows, [&](int64_t begin, int64_t end) {
    kernels::transpose(from + begin, columns, rows, end - begin, to + begin * rows, rows);
  });
}

// A matrix in strips, and its transpose.
void write_strips(int64_t rows, int64_t columns, const float* from, float* to) {
  spread(rows, columns, [&](int64_t begin, int64_t end, int) {
    kernels::write_strips({to, rows, columns}, {begin, end}, from + begin * columns, columns);
  });
}
void transpose_to_strips(int64_t rows, int64_t columns, const float* from, float* to) {
  for_each_range(columns, rows, [&](int64_t begin, int64_t end) {
    kernels::write_transposed_strips({to, columns, rows}, {begin, end}, from + begin, columns);
  });
}

// Rows of the kernel whose gradient a second-level cache holds beside what an optimizer reads with it.
int64_t rows_of_piece(const Extents& e) {
  constexpr int64_t floats = 1 << 15;
  constexpr int64_t whole_tiles = 12;
  return std::max(floats / e.out / whole_tiles, int64_t{1}) * whole_tiles;
}

// Rows `row` to `end` of x^T dy; dy is in strips.
void kernel_gradient(const Extents& e, const float* x, const float* dy, int64_t row, int64_t end, float* to) {
  kernels::multiply({.rows = end - row,
                     .columns = e.out,
                     .depth = e.rows,
                     .blocks = one_block,
                     .a = x + row,
                     .a_row_step = 1,
                     .a_step = e.in,
                     .b = dy,
                     .strip_rows = e.rows,
                     .c = to,
                     .c_step = e.out});
}

// The same, handed over piece by piece.
void kernel_gradient_in_pieces(const Extents& e, const float* x, const float* dy, int64_t begin, int64_t end,
                               float* piece, const TakeGradient& take) {
  const int64_t rows = rows_of_piece(e);
  for (int64_t row = begin; row < end; row += rows) {
    const int64_t piece_end = std::min(end, row + rows);
    const int64_t floats = (piece_end - row) * e.out;
    kernel_gradient(e, x, dy, row, piece_end, piece);
    take(row * e.out, {piece, static_cast<size_t>(floats)});
  }
}

// dx^T = kernel dy^T, where the kernel is larger than the data: it is then read as it lies, once; a few rows
// at a time, each to its end, as the processor foresees.
void input_gradient_transposed(const Extents& e, const float* kernel, const float* dy, float* dy_transposed,
                               float* dx_transposed, float* dx) {
  transpose_to_strips(e.rows, e.out, dy, dy_transposed);
  constexpr int64_t rows_together = 24;
  parallel_for(e.in, [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; row += rows_together) {
      kernels::multiply({.rows = std::min(rows_together, end - row),
                         .columns = e.rows,
                         .depth = e.out,
                         .blocks = one_block,
                         .a = kernel + row * e.out,
                         .a_row_step = e.out,
                         .b = dy_transposed,
                         .strip_rows = e.out,
                         .c = dx_transposed + row * e.rows,
                         .c_step = e.rows});
    }
  });
  transpose(dx_transposed, e.in, e.rows, dx);
}

// dx = dy kernel^T, where the kernel is smaller than the data.
void input_gradient(const Extents& e, const float* kernel, const float* dy, float* kernel_transposed,
                    float* dx) {
  transpose_to_strips(e.in, e.out, kernel, kernel_transposed);
  for_each_part(e.rows, e.in, [&](const Part& part) {
    kernels::multiply({.rows = part.rows,
                       .columns = part.columns,
                       .depth = e.out,
                       .blocks = one_block,
                       .a = dy + part.row * e.out,
                       .a_row_step = e.out,
                       .b = kernel_transposed + part.column * e.out,
                       .strip_rows = e.out,
                       .c = dx + part.row * e.in + part.column,
                       .c_step = e.in});
  });
}

// The output's gradient before the relu, in `masked` where there is one; its sum over the rows is the bias's
// gradient.
void before_relu(const Extents& e, const float* dy, const float* relu_output, float* masked, float* dbias) {
  if (dbias) std::fill_n(dbias, e.out, 0.0F);
  parallel_for((e.out + product_panel - 1) / product_panel, [&](int64_t begin, int64_t end, int) {
    const int64_t column = begin * product_panel;
    kernels::relu_gradient({.rows = e.rows,
                            .columns = std::min(e.out, end * product_panel) - column,
                            .row_step = e.out,
                            .gradient = dy + column,
                            .output = relu_output ? relu_output + column : nullptr,
                            .masked = relu_output ? masked + column : nullptr,
                            .masked_step = e.out,
                            .sums = dbias ? dbias + column : nullptr});
  });
}

// Of a single row: read each weight once, as it lies.
void row_forward(const Dense& op, const Extents& e, const ForwardContext& run) {
  const int64_t strip = kernels::strip_width();
  parallel_for((e.out + strip - 1) / strip, [&](int64_t begin, int64_t end, int) {
    const int64_t column = begin * strip;
    kernels::multiply_row({.columns = std::min(e.out, end * strip) - column,
                           .depth = e.in,
                           .a = run.inputs[0].data,
                           .b = run.inputs[1].data + column,
                           .b_step = e.out,
                           .c = run.output.data + column,
                           .bias = op.bias ? run.inputs[2].data + column : nullptr,
                           .relu = op.relu});
  });
}

int64_t forward_scratch(const Extents& e) {
  return thread_count() * e.in * product_panel;
}
// Of Dense::backward, in this order; the transposed matrices are those of one of the two ways to the input's
// gradient.
struct BackwardScratch {
  int64_t masked, strips, pieces, transposed;
  int64_t total() const { return masked + strips + pieces + transposed; }
};
BackwardScratch backward_scratch(const Extents& e) {
  return {.masked = e.rows * e.out,
          .strips = e.rows * e.out,
          .pieces = thread_count() * rows_of_piece(e) * e.out,
          .transposed = e.out <= e.rows ? e.in * e.out : e.rows * (e.out + e.in)};
}

}  // namespace

Shape Dense::output_shape(std::span<const Shape> inputs) const {
  const Extents e = extents_of(inputs[0], inputs[1]);
  Shape shape = inputs[0];
  shape[-1] = e.out;
  return shape;
}

double Dense::flops(std::span<const Shape> inputs) const {
  const Extents e = extents_of(inputs[0], inputs[1]);
  return 2.0 * static_cast<double>(e.rows) * static_cast<double>(e.in * e.out);
}

int64_t Dense::scratch_floats(std::span<const Shape> inputs) const {
  const Extents e = extents_of(inputs[0], inputs[1]);
  return std::max(forward_scratch(e), backward_scratch(e).total());
}

int64_t Dense::prepared_floats(std::span<const Shape> inputs) const {
  const Extents e = extents_of(inputs[0], inputs[1]);
  return e.rows > 1 && e.out > product_panel ? e.in * e.out : 0;
}

void Dense::prepare(std::span<const ConstView> inputs, std::span<float> prepared) const {
  const Extents e = extents_of(inputs[0].shape, inputs[1].shape);
  write_strips(e.in, e.out, inputs[1].data, prepared.data());
}

void Dense::forward(const ForwardContext& run) const {
  const Extents e = extents_of(run.inputs[0].shape, run.inputs[1].shape);
  if (e.rows == 1) return row_forward(*this, e, run);
  const float* kernel = run.inputs[1].data;
  const bool is_prepared = !run.prepared.empty();
  // It pays where several tiles of rows then read a strip.
  const bool in_strips = is_prepared || (e.rows > 16 && e.out > kernels::strip_width());
  for_each_part(e.rows, e.out, [&](const Part& part) {
    const float* b = is_prepared ? run.prepared.data() + part.column * e.in : kernel + part.column;
    if (in_strips && !is_prepared) {
      float* strips = run.scratch.data() + part.thread * e.in * product_panel;
      kernels::write_strips({strips, e.in, part.columns}, {0, e.in}, b, e.out);
      b = strips;
    }
    kernels::multiply({.rows = part.rows,
                       .columns = part.columns,
                       .depth = e.in,
                       .blocks = one_block,
                       .a = run.inputs[0].data + part.row * e.in,
                       .a_row_step = e.in,
                       .b = b,
                       .b_step = e.out,
                       .strip_rows = in_strips ? e.in : 0,
                       .c = run.output.data + part.row * e.out + part.column,
                       .c_step = e.out,
                       .bias = bias ? run.inputs[2].data + part.column : nullptr,
                       .relu = relu});
  });
}

void Dense::backward(const BackwardContext& run) const {
  const Extents e = extents_of(run.inputs[0].shape, run.inputs[1].shape);
  const BackwardScratch sizes = backward_scratch(e);
  float* masked = run.scratch.data();
  float* strips = masked + sizes.masked;
  float* pieces = strips + sizes.strips;
  float* transposed = pieces + sizes.pieces;
  const float* x = run.inputs[0].data;
  const float* kernel = run.inputs[1].data;
  const float* dy = run.output_gradient.data;
  float* dx = run.input_gradients[0].data;
  float* dkernel = run.input_gradients[1].data;
  float* dbias = bias ? run.input_gradients[2].data : nullptr;
  const bool masks = backward_reads_output();
  if (masks || dbias) before_relu(e, dy, masks ? run.output.data : nullptr, masked, dbias);
  if (masks) dy = masked;

  if (dx != nullptr && e.out <= e.rows) {
    input_gradient(e, kernel, dy, transposed, dx);
  } else if (dx != nullptr) {
    input_gradient_transposed(e, kernel, dy, transposed, transposed + e.rows * e.out, dx);
  }
  if (dkernel == nullptr && !run.take_gradient) return;
  write_strips(e.rows, e.out, dy, strips);
  parallel_for(e.in, [&](int64_t begin, int64_t end, int thread) {
    if (dkernel != nullptr) return kernel_gradient(e, x, strips, begin, end, dkernel + begin * e.out);
    float* piece = pieces + thread * rows_of_piece(e) * e.out;
    kernel_gradient_in_pieces(e, x, strips, begin, end, piece, run.take_gradient);
  });
}

}  // namespace antler::ops
