// How losses see targets and predictions: samples of rows, a row being what lies along the last axis.
#pragma once

#include <span>

#include "antler/core/parallel.h"
#include "antler/core/tensor.h"
#include "antler/ops/operation.h"

namespace antler::ops {

/// The extents of predictions (batch, ..., columns). A sample has `rows` rows; of rank 1: one row of one
/// column.
struct LossRows {
  int64_t samples;
  int64_t rows;
  int64_t columns;

  explicit LossRows(const Shape& predictions)
      : samples(predictions[0]), rows(1), columns(predictions.rank() > 1 ? predictions.back() : 1) {
    for (int axis = 1; axis + 1 < predictions.rank(); ++axis) rows *= predictions[axis];
  }
  int64_t sample_floats() const { return rows * columns; }
};

/// The output of a loss of two inputs, targets and predictions of one shape: (batch,). Throws Error when they
/// differ or have no batch axis.
Shape loss_shape(std::span<const Shape> inputs, const std::string& name);
/// The Error for targets and predictions that do not fit together.
[[noreturn]] void refuse_loss_shapes(std::span<const Shape> inputs, const std::string& name);

/// Calls body(sample) for each sample, on several threads where there is enough to do.
template <typename Body>
void for_each_sample(const LossRows& extents, const Body& body) {
  const auto run = [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t sample = begin; sample < end; ++sample) body(sample);
  };
  if (extents.samples * extents.sample_floats() < 4096) {
    run(0, extents.samples, 0);
  } else {
    parallel_for(extents.samples, run);
  }
}

}  // namespace antler::ops
