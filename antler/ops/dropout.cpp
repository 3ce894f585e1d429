#include "antler/ops/dropout.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/ops/kernels/dropout.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// Forward and backward are the same: what is dropped, and by what the rest is multiplied.
void drop(const Dropout& op, const RandomKey& random, const float* x, int64_t count, float* y) {
  if (op.rate >= 1.0F) {
    std::fill_n(y, count, 0.0F);
    return;
  }
  // The stream's first block is the key of this turn's own numbers, which a kernel then draws many at a time.
  const auto words = RandomStream(random.seed, op.stream, random.step).block(0);
  const kernels::Drop how{.key = {words[0], words[1]},
                          .threshold = static_cast<uint32_t>(std::ldexp(double{op.rate}, 32)),
                          .scale = 1.0F / (1.0F - op.rate)};
  constexpr int64_t grain = 64;  // a cache line of floats and more, so that no block of words is cut
  spread((count + grain - 1) / grain, grain, [&](int64_t begin, int64_t end, int /*thread*/) {
    kernels::dropout(how, begin * grain, std::min(end * grain, count), x, y);
  });
}

}  // namespace

Shape Dropout::output_shape(std::span<const Shape> inputs) const {
  if (!(rate >= 0.0F && rate <= 1.0F)) throw Error("dropout has a rate of {}; expected 0 to 1", rate);
  return inputs[0];
}

void Dropout::forward(const ForwardContext& run) const {
  drop(*this, run.random, run.inputs[0].data, run.output.size(), run.output.data);
}

void Dropout::backward(const BackwardContext& run) const {
  if (run.input_gradients[0].data == nullptr) return;
  drop(*this, run.random, run.output_gradient.data, run.output_gradient.size(), run.input_gradients[0].data);
}

}  // namespace antler::ops
