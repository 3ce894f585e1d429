#include "antler/ops/padding.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/ops/images.h"
#include "antler/ops/spread.h"

namespace antler::ops {

Shape ZeroPadding::output_shape(std::span<const Shape> inputs) const {
  const Shape x = as_images(inputs[0]);
  if (x.rank() != 4) {
    throw Error("zero padding has an input of shape {}; expected sequences or images", x.to_string());
  }
  if (std::min({top, bottom, left, right}) < 0) {
    throw Error("zero padding of {}, {}, {}, {} (top, bottom, left, right); expected no negative numbers",
                top, bottom, left, right);
  }
  return like_input({x[0], top + x[1] + bottom, left + x[2] + right, x[3]}, inputs[0]);
}

void ZeroPadding::forward(const ForwardContext& run) const {
  const Shape x = as_images(run.inputs[0].shape);
  const Shape out = as_images(run.output.shape);
  const int64_t row_floats = out[2] * out[3];
  spread(out[0] * out[1], row_floats, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t row = at % out[1] - top;
      float* to = run.output.data + at * row_floats;
      if (row < 0 || row >= x[1]) {
        std::fill_n(to, row_floats, 0.0F);
        continue;
      }
      const int64_t image_floats = x[2] * x[3];
      to = std::fill_n(to, left * out[3], 0.0F);
      to = std::copy_n(run.inputs[0].data + (at / out[1] * x[1] + row) * image_floats, image_floats, to);
      std::fill_n(to, right * out[3], 0.0F);
    }
  });
}

void ZeroPadding::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  const Shape x = as_images(dx.shape);
  const Shape out = as_images(run.output_gradient.shape);
  const int64_t row_floats = x[2] * x[3];
  spread(x[0] * x[1], row_floats, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t row = at / x[1] * out[1] + top + at % x[1];
      std::copy_n(run.output_gradient.data + (row * out[2] + left) * out[3], row_floats,
                  dx.data + at * row_floats);
    }
  });
}

}  // namespace antler::ops
