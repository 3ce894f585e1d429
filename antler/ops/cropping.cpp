#include "antler/ops/cropping.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/images.h"

namespace antler::ops {
namespace {

// Visits the rows that stay: visit(where in the image, where in the cut image).
template <typename Visit>
void for_each_row(const Cropping& op, const Shape& x, const Shape& y, const Visit& visit) {
  parallel_for(y[0] * y[1], [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t row = at / y[1] * x[1] + op.top + at % y[1];
      visit((row * x[2] + op.left) * x[3], at * y[2] * y[3]);
    }
  });
}

}  // namespace

Shape Cropping::output_shape(std::span<const Shape> inputs) const {
  const Shape x = as_images(inputs[0]);
  if (x.rank() != 4 || x[1] <= top + bottom || x[2] <= left + right) {
    throw Error("an input of shape {} cannot be cropped by {}, {}, {} and {}; expected what is larger",
                x.to_string(), top, bottom, left, right);
  }
  return like_input({x[0], x[1] - top - bottom, x[2] - left - right, x[3]}, inputs[0]);
}

void Cropping::forward(const ForwardContext& run) const {
  const Shape y = as_images(run.output.shape);
  for_each_row(*this, as_images(run.inputs[0].shape), y, [&](int64_t from, int64_t to) {
    std::copy_n(run.inputs[0].data + from, y[2] * y[3], run.output.data + to);
  });
}

void Cropping::backward(const BackwardContext& run) const {
  const Shape y = as_images(run.output_gradient.shape);
  const View& dx = run.input_gradients[0];
  std::ranges::fill(dx.span(), 0.0F);
  for_each_row(*this, as_images(dx.shape), y, [&](int64_t to, int64_t from) {
    std::copy_n(run.output_gradient.data + from, y[2] * y[3], dx.data + to);
  });
}

}  // namespace antler::ops
