#include "antler/ops/random_crop.h"

#include "antler/core/error.h"
#include "antler/ops/cropping.h"

namespace antler::ops {
namespace {

Cropping cropping_of(const RandomCrop& op, const RandomKey& key, const Shape& images) {
  const RandomStream random(key.seed, op.stream, key.step);
  const auto before = [&](int64_t spare, uint64_t number) {
    return static_cast<int64_t>(random.uniform(number) * static_cast<float>(spare + 1));
  };
  const int64_t down = images[1] - op.height;
  const int64_t across = images[2] - op.width;
  Cropping cropping;
  cropping.top = before(down, 0);
  cropping.bottom = down - cropping.top;
  cropping.left = before(across, 1);
  cropping.right = across - cropping.left;
  return cropping;
}

}  // namespace

Shape RandomCrop::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  if (x.rank() != 4 || x[1] < height || x[2] < width) {
    throw Error("an input of shape {} has no window of {} x {}; expected images as large at least",
                x.to_string(), height, width);
  }
  return {x[0], height, width, x[3]};
}

void RandomCrop::forward(const ForwardContext& run) const {
  cropping_of(*this, run.random, run.inputs[0].shape).forward(run);
}

void RandomCrop::backward(const BackwardContext& run) const {
  if (run.input_gradients[0].data == nullptr) return;
  cropping_of(*this, run.random, run.input_gradients[0].shape).backward(run);
}

}  // namespace antler::ops
