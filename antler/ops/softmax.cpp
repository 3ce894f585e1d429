#include "antler/ops/softmax.h"

#include "antler/ops/kernels/softmax.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// A tensor as `blocks` blocks of `lines` interleaved lines of `count` numbers.
struct Lines {
  int64_t blocks = 1;
  int64_t count = 1;
  int64_t lines = 1;
  int64_t block_floats() const { return count * lines; }
};

Lines lines_along(int axis, const Shape& shape) {
  const int at = shape.checked_axis(axis);
  Lines found;
  for (int i = 0; i < at; ++i) found.blocks *= shape[i];
  found.count = shape[at];
  for (int i = at + 1; i < shape.rank(); ++i) found.lines *= shape[i];
  return found;
}

// Calls work(first float) for each block.
template <typename Work>
void for_each_block(const Lines& all, const Work& work) {
  spread(all.blocks, all.block_floats(), [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t block = begin; block < end; ++block) work(block * all.block_floats());
  });
}

}  // namespace

Shape Softmax::output_shape(std::span<const Shape> inputs) const {
  inputs[0].checked_axis(axis);
  return inputs[0];
}

void Softmax::forward(const ForwardContext& run) const {
  const Lines all = lines_along(axis, run.output.shape);
  for_each_block(all, [&](int64_t at) {
    const float* x = run.inputs[0].data + at;
    float* y = run.output.data + at;
    if (all.lines == 1) {
      kernels::softmax(x, all.count, logarithm, y);
    } else {
      kernels::softmax_across(x, all.count, all.lines, logarithm, y);
    }
  });
}

void Softmax::backward(const BackwardContext& run) const {
  if (run.input_gradients[0].data == nullptr) return;
  const Lines all = lines_along(axis, run.output_gradient.shape);
  for_each_block(all, [&](int64_t at) {
    const float* y = run.output.data + at;
    const float* dy = run.output_gradient.data + at;
    float* dx = run.input_gradients[0].data + at;
    if (all.lines == 1) {
      kernels::softmax_gradient(y, dy, all.count, logarithm, dx);
    } else {
      kernels::softmax_gradient_across(y, dy, all.count, all.lines, logarithm, dx);
    }
  });
}

}  // namespace antler::ops
