#include "antler/ops/resize.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// A place between two rows or columns of the input, and how far it is from the first to the second.
struct Between {
  int64_t first;
  int64_t second;
  float share;
};

Between between(const Resize& op, int64_t at, int64_t from, int64_t to) {
  const float scale = static_cast<float>(from) / static_cast<float>(to);
  const float place = (static_cast<float>(at) + 0.5F) * scale;
  if (!op.bilinear) {
    const int64_t pixel = std::min(static_cast<int64_t>(std::floor(place)), from - 1);
    return {pixel, pixel, 0.0F};
  }
  const float centre = place - 0.5F;
  const auto first = static_cast<int64_t>(std::floor(centre));
  return {std::max<int64_t>(first, 0), std::min(static_cast<int64_t>(std::ceil(centre)), from - 1),
          centre - std::floor(centre)};
}

// Calls work(pixel of the output, pixel of the input, its weight) for each that counts, of one image each
// thread.
template <typename Work>
void for_each_pair(const Resize& op, const Shape& x, const Work& work) {
  spread(x[0], op.height * op.width * x[3], [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t row = begin * op.height; row < end * op.height; ++row) {
      const int64_t image = row / op.height;
      const Between y = between(op, row % op.height, x[1], op.height);
      for (int64_t column = 0; column < op.width; ++column) {
        const Between across = between(op, column, x[2], op.width);
        const int64_t out = row * op.width + column;
        const int64_t top = (image * x[1] + y.first) * x[2];
        const int64_t bottom = (image * x[1] + y.second) * x[2];
        work(out, top + across.first, (1.0F - y.share) * (1.0F - across.share));
        work(out, top + across.second, (1.0F - y.share) * across.share);
        work(out, bottom + across.first, y.share * (1.0F - across.share));
        work(out, bottom + across.second, y.share * across.share);
      }
    }
  });
}

}  // namespace

Shape Resize::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  if (x.rank() != 4 || height < 1 || width < 1)
    throw Error("an input of shape {} cannot be resized to {} x {}", x.to_string(), height, width);
  return {x[0], height, width, x[3]};
}

void Resize::forward(const ForwardContext& run) const {
  const Shape& shape = run.inputs[0].shape;
  std::ranges::fill(run.output.span(), 0.0F);
  for_each_pair(*this, shape, [&](int64_t out, int64_t in, float weight) {
    for (int64_t c = 0; c < shape[3]; ++c)
      run.output.data[out * shape[3] + c] += weight * run.inputs[0].data[in * shape[3] + c];
  });
}

void Resize::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  std::ranges::fill(dx.span(), 0.0F);
  for_each_pair(*this, dx.shape, [&](int64_t out, int64_t in, float weight) {
    for (int64_t c = 0; c < dx.shape[3]; ++c)
      dx.data[in * dx.shape[3] + c] += weight * run.output_gradient.data[out * dx.shape[3] + c];
  });
}

}  // namespace antler::ops
