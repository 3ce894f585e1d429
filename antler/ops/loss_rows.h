// How losses see targets and predictions: rows, a row being what lies along the last axis.
#pragma once

#include <span>

#include "antler/core/parallel.h"
#include "antler/core/tensor.h"
#include "antler/ops/operation.h"

namespace antler::ops {

/// The rows of predictions (batch, ..., columns); of rank 1: rows of one column.
struct LossRows {
  int64_t rows;
  int64_t columns;

  explicit LossRows(const Shape& predictions)
      : rows(predictions[0]), columns(predictions.rank() > 1 ? predictions.back() : 1) {
    for (int axis = 1; axis + 1 < predictions.rank(); ++axis) rows *= predictions[axis];
  }
};

/// A number for each row of predictions (batch, ..., columns): (batch, ...).
Shape shape_of_rows(const Shape& predictions);
/// The output of a loss of two inputs, targets and predictions of one shape: a number a row. Throws Error
/// when they differ or have no batch axis.
Shape loss_shape(std::span<const Shape> inputs, const std::string& name);
/// The same where there is one target for each row, whatever the targets' shape behind the batch axis.
Shape sparse_loss_shape(std::span<const Shape> inputs, const std::string& name);
/// The Error for targets and predictions that do not fit together.
[[noreturn]] void refuse_loss_shapes(std::span<const Shape> inputs, const std::string& name);

/// Calls body(row) for each row, on several threads where there is enough to do.
template <typename Body>
void for_each_row(const LossRows& extents, const Body& body) {
  const auto run = [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t row = begin; row < end; ++row) body(row);
  };
  if (extents.rows * extents.columns < 4096) {
    run(0, extents.rows, 0);
  } else {
    parallel_for(extents.rows, run);
  }
}

}  // namespace antler::ops
