#include "antler/ops/random_flip.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// Forward and backward are the same: what was mirrored is mirrored back.
void flip(const RandomFlip& op, const RandomKey& key, const ConstView& x, float* y) {
  const Shape& shape = x.shape;
  const RandomStream random(key.seed, op.stream, key.step);
  spread(shape[0], shape[1] * shape[2] * shape[3], [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t at = begin * shape[1] * shape[2]; at < end * shape[1] * shape[2]; ++at) {
      const int64_t image = at / shape[2] / shape[1];
      const bool flips = random.uniform(static_cast<uint64_t>(image)) <= 0.5F;
      const int64_t row = at / shape[2] % shape[1];
      const int64_t column = at % shape[2];
      const int64_t from_row = flips && op.vertical ? shape[1] - 1 - row : row;
      const int64_t from_column = flips && op.horizontal ? shape[2] - 1 - column : column;
      const int64_t from = (image * shape[1] + from_row) * shape[2] + from_column;
      std::copy_n(x.data + from * shape[3], shape[3], y + at * shape[3]);
    }
  });
}

}  // namespace

Shape RandomFlip::output_shape(std::span<const Shape> inputs) const {
  if (inputs[0].rank() != 4)
    throw Error("the input has the shape {}; expected (batch, height, width, channels)",
                inputs[0].to_string());
  return inputs[0];
}

void RandomFlip::forward(const ForwardContext& run) const {
  flip(*this, run.random, run.inputs[0], run.output.data);
}

void RandomFlip::backward(const BackwardContext& run) const {
  if (run.input_gradients[0].data == nullptr) return;
  flip(*this, run.random, run.output_gradient, run.input_gradients[0].data);
}

}  // namespace antler::ops
