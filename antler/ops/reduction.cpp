#include "antler/ops/reduction.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler::ops {
namespace {

int64_t pixels_of(const Shape& x) {
  int64_t pixels = 1;
  for (int axis = 1; axis < x.rank() - 1; ++axis) pixels *= x[axis];
  return pixels;
}

}  // namespace

Shape Reduction::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  if (x.rank() < 3) throw Error("an input of shape {} has no axes to pool over", x.to_string());
  return {x[0], x.back()};
}

void Reduction::forward(const ForwardContext& run) const {
  const Shape& x = run.inputs[0].shape;
  const int64_t pixels = pixels_of(x);
  const int64_t channels = x.back();
  parallel_for(x[0], [&](int64_t begin, int64_t end, int) {
    for (int64_t image = begin; image < end; ++image) {
      const float* from = run.inputs[0].data + image * pixels * channels;
      float* to = run.output.data + image * channels;
      std::copy_n(from, channels, to);
      for (int64_t pixel = 1; pixel < pixels; ++pixel) {
        from += channels;
        for (int64_t c = 0; c < channels; ++c) {
          to[c] = kind == Kind::mean ? to[c] + from[c] : std::max(to[c], from[c]);
        }
      }
      if (kind == Kind::mean) {
        for (int64_t c = 0; c < channels; ++c) to[c] /= static_cast<float>(pixels);
      }
    }
  });
}

void Reduction::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  const int64_t pixels = pixels_of(dx.shape);
  const int64_t channels = dx.shape.back();
  parallel_for(dx.shape[0], [&](int64_t begin, int64_t end, int) {
    for (int64_t image = begin; image < end; ++image) {
      float* to = dx.data + image * pixels * channels;
      for (int64_t c = 0; c < channels; ++c) {
        const float dy = run.output_gradient.data[image * channels + c];
        if (kind == Kind::mean) {
          for (int64_t pixel = 0; pixel < pixels; ++pixel)
            to[pixel * channels + c] = dy / static_cast<float>(pixels);
          continue;
        }
        const float* from = run.inputs[0].data + image * pixels * channels + c;
        const float best = run.output.data[image * channels + c];
        int64_t count = 0;
        for (int64_t pixel = 0; pixel < pixels; ++pixel) count += from[pixel * channels] == best ? 1 : 0;
        for (int64_t pixel = 0; pixel < pixels; ++pixel) {
          to[pixel * channels + c] = from[pixel * channels] == best ? dy / static_cast<float>(count) : 0.0F;
        }
      }
    }
  });
}

}  // namespace antler::ops
