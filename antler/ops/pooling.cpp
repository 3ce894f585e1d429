#include "antler/ops/pooling.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/images.h"
#include "antler/ops/kernels/pooling.h"

namespace antler::ops {
namespace {

int64_t pooled_extent(int64_t extent, int64_t pads, int64_t pool, int64_t stride) {
  if (extent + pads < pool)
    throw Error("a pooling window of {} is larger than the image's extent of {}", pool, extent + pads);
  return (extent + pads - pool) / stride + 1;
}

// Windows of the output's row `row`.
kernels::WindowRow window_row(const Pooling& op, const Shape& in, const Shape& out, int64_t row) {
  const int64_t first = row * op.stride_height - op.pad_top;
  return {.first_row = std::max<int64_t>(first, 0),
          .last_row = std::min(first + op.pool_height, in[1]),
          .columns = in[2],
          .channels = in[3],
          .windows = out[2],
          .pool = op.pool_width,
          .stride = op.stride_width,
          .pad = op.pad_left};
}

int64_t image_floats(const Shape& images) {
  return images[1] * images[2] * images[3];
}

}  // namespace

Shape Pooling::output_shape(std::span<const Shape> inputs) const {
  const Shape x = as_images(inputs[0]);
  if (x.rank() != 4) {
    throw Error("pooling has an input of shape {}; expected sequences or images", x.to_string());
  }
  return like_input({x[0], pooled_extent(x[1], pad_top + pad_bottom, pool_height, stride_height),
                     pooled_extent(x[2], pad_left + pad_right, pool_width, stride_width), x[3]},
                    inputs[0]);
}

void Pooling::forward(const ForwardContext& run) const {
  const Shape in = as_images(run.inputs[0].shape);
  const Shape out = as_images(run.output.shape);
  const auto pool = kind == Kind::max ? kernels::max_windows : kernels::mean_windows;
  parallel_for(out[0] * out[1], [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      pool(run.inputs[0].data + at / out[1] * image_floats(in), window_row(*this, in, out, at % out[1]),
           run.output.data + at * out[2] * out[3]);
    }
  });
}

void Pooling::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  const Shape in = as_images(dx.shape);
  const Shape out = as_images(run.output_gradient.shape);
  // Windows may overlap within an image, so a thread has images of its own.
  parallel_for(in[0], [&](int64_t begin, int64_t end, int) {
    for (int64_t image = begin; image < end; ++image) {
      float* dimage = dx.data + image * image_floats(in);
      std::fill_n(dimage, image_floats(in), 0.0F);
      for (int64_t i = 0; i < out[1]; ++i) {
        const kernels::WindowRow row = window_row(*this, in, out, i);
        const float* dy = run.output_gradient.data + (image * out[1] + i) * out[2] * out[3];
        if (kind == Kind::average) {
          kernels::add_mean_windows_gradient(dy, row, dimage);
        } else {
          kernels::add_max_windows_gradient(run.inputs[0].data + image * image_floats(in), dy, row, dimage);
        }
      }
    }
  });
}

}  // namespace antler::ops
