#include "antler/ops/concatenation.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler::ops {
namespace {

// How many floats of a tensor are contiguous for one index of the axes before `axis`.
int64_t run_floats(const Shape& shape, int axis) {
  int64_t floats = 1;
  for (int i = axis; i < shape.rank(); ++i) floats *= shape[i];
  return floats;
}

}  // namespace

Shape Concatenation::output_shape(std::span<const Shape> inputs) const {
  Shape shape = inputs[0];
  const int at = shape.checked_axis(axis);
  for (const Shape& input : inputs.subspan(1)) {
    bool fits = input.rank() == shape.rank();
    for (int i = 0; fits && i < shape.rank(); ++i) fits = i == at || input[i] == shape[i];
    if (!fits) {
      throw Error("inputs of the shapes {} and {} cannot be concatenated along axis {}",
                  inputs[0].to_string(), input.to_string(), axis);
    }
    shape[at] += input[at];
  }
  return shape;
}

void Concatenation::forward(const ForwardContext& run) const {
  const int at = run.output.shape.checked_axis(axis);
  const int64_t out_floats = run_floats(run.output.shape, at);
  parallel_for(run.output.size() / std::max<int64_t>(out_floats, 1), [&](int64_t begin, int64_t end, int) {
    float* to = run.output.data + begin * out_floats;
    for (int64_t outer = begin; outer < end; ++outer) {
      for (const ConstView& input : run.inputs) {
        const int64_t floats = run_floats(input.shape, at);
        to = std::copy_n(input.data + outer * floats, floats, to);
      }
    }
  });
}

void Concatenation::backward(const BackwardContext& run) const {
  const int at = run.output_gradient.shape.checked_axis(axis);
  const int64_t out_floats = run_floats(run.output_gradient.shape, at);
  int64_t first = 0;
  for (const View& dx : run.input_gradients) {
    const int64_t floats = run_floats(dx.shape, at);
    if (dx.data != nullptr) {
      const float* from = run.output_gradient.data + first;
      parallel_for(dx.size() / std::max<int64_t>(floats, 1), [&](int64_t begin, int64_t end, int) {
        for (int64_t outer = begin; outer < end; ++outer) {
          std::copy_n(from + outer * out_floats, floats, dx.data + outer * floats);
        }
      });
    }
    first += floats;
  }
}

}  // namespace antler::ops
