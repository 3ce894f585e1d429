#include "antler/ops/batch_dot.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

struct Sizes {
  int64_t rows;
  int64_t columns;
  int64_t depth;
};

Sizes sizes_of(const Shape& a, const Shape& b) {
  return {a[1], b[1], a[2]};
}

// sum[k] += weight * vector[k]
void add_scaled(const float* vector, float weight, int64_t count, float* sum) {
  for (int64_t k = 0; k < count; ++k) sum[k] += weight * vector[k];
}

}  // namespace

Shape BatchDot::output_shape(std::span<const Shape> inputs) const {
  const Shape& a = inputs[0];
  const Shape& b = inputs[1];
  if (a.rank() != 3 || b.rank() != 3 || a[0] != b[0] || a[2] != b[2])
    throw Error("there are no products of {} and {}, sample by sample", a.to_string(), b.to_string());
  return {a[0], a[1], b[1]};
}

void BatchDot::forward(const ForwardContext& run) const {
  const Sizes size = sizes_of(run.inputs[0].shape, run.inputs[1].shape);
  const int64_t batch = run.output.shape[0];
  spread(batch * size.rows, size.columns * size.depth, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t row = begin; row < end; ++row) {
      const float* a = run.inputs[0].data + row * size.depth;
      const float* b = run.inputs[1].data + row / size.rows * size.columns * size.depth;
      for (int64_t j = 0; j < size.columns; ++j) {
        float sum = 0.0F;
        for (int64_t k = 0; k < size.depth; ++k) sum += a[k] * b[j * size.depth + k];
        run.output.data[row * size.columns + j] = sum;
      }
    }
  });
}

void BatchDot::backward(const BackwardContext& run) const {
  const Sizes size = sizes_of(run.inputs[0].shape, run.inputs[1].shape);
  for (const View& gradient : run.input_gradients) {
    if (gradient.data) std::ranges::fill(gradient.span(), 0.0F);
  }
  float* da = run.input_gradients[0].data;
  float* db = run.input_gradients[1].data;
  const int64_t sample_floats = size.rows * size.columns * size.depth;
  spread(run.output_gradient.shape[0], sample_floats, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t row = begin * size.rows; row < end * size.rows; ++row) {
      for (int64_t j = 0; j < size.columns; ++j) {
        const float dy = run.output_gradient.data[row * size.columns + j];
        const int64_t at_a = row * size.depth;
        const int64_t at_b = (row / size.rows * size.columns + j) * size.depth;
        if (da) add_scaled(run.inputs[1].data + at_b, dy, size.depth, da + at_a);
        if (db) add_scaled(run.inputs[0].data + at_a, dy, size.depth, db + at_b);
      }
    }
  });
}

}  // namespace antler::ops
