#include "antler/ops/reshape.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler::ops {
namespace {

// Plans let both share memory, and then run neither direction.
void copy(ConstView from, View to) {
  if (to.data != nullptr && to.data != from.data) std::copy_n(from.data, from.size(), to.data);
}

}  // namespace

Shape Reshape::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  if (x.rank() < 1 || x.without_batch().size() != shape.size()) {
    throw Error("an input of shape {} cannot be reshaped to {}, the batch axis aside", x.to_string(),
                shape.to_string());
  }
  return shape.with_batch(x[0]);
}

void Reshape::forward(const ForwardContext& run) const {
  copy(run.inputs[0], run.output);
}

void Reshape::backward(const BackwardContext& run) const {
  copy(run.output_gradient, run.input_gradients[0]);
}

}  // namespace antler::ops
