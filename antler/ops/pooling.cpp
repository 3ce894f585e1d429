#include "antler/ops/pooling.h"

#include <algorithm>
#include <limits>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/images.h"

namespace antler::ops {
namespace {

// The part of a window along one axis that lies within the image.
struct Range {
  int64_t begin, end;
  int64_t size() const { return end - begin; }
};

Range window_range(int64_t out, int64_t stride, int64_t pad, int64_t pool, int64_t extent) {
  const int64_t begin = out * stride - pad;
  return {std::max<int64_t>(begin, 0), std::min(begin + pool, extent)};
}

int64_t pooled_extent(int64_t extent, int64_t pads, int64_t pool, int64_t stride) {
  if (extent + pads < pool)
    throw Error("a pooling window of {} is larger than the image's extent of {}", pool, extent + pads);
  return (extent + pads - pool) / stride + 1;
}

// Walks the windows of images begin to end: visit(window's rows, columns, image's first float, output's first
// float).
template <typename Visit>
void for_each_window(const Pooling& op, const Shape& in, const Shape& out, int64_t begin, int64_t end,
                     const Visit& visit) {
  const int64_t channels = in[3];
  for (int64_t at = begin; at < end; ++at) {
    const int64_t image = at / out[1];
    const Range rows = window_range(at % out[1], op.stride_height, op.pad_top, op.pool_height, in[1]);
    for (int64_t j = 0; j < out[2]; ++j) {
      const Range columns = window_range(j, op.stride_width, op.pad_left, op.pool_width, in[2]);
      visit(rows, columns, image * in[1] * in[2] * channels, (at * out[2] + j) * channels);
    }
  }
}

void pool_maximum(const float* image, int64_t width, int64_t channels, Range rows, Range columns,
                  float* out) {
  std::fill_n(out, channels, -std::numeric_limits<float>::infinity());
  for (int64_t i = rows.begin; i < rows.end; ++i) {
    for (int64_t j = columns.begin; j < columns.end; ++j) {
      const float* pixel = image + (i * width + j) * channels;
      for (int64_t c = 0; c < channels; ++c) out[c] = out[c] < pixel[c] ? pixel[c] : out[c];
    }
  }
}

void pool_mean(const float* image, int64_t width, int64_t channels, Range rows, Range columns, float* out) {
  std::fill_n(out, channels, 0.0F);
  for (int64_t i = rows.begin; i < rows.end; ++i) {
    for (int64_t j = columns.begin; j < columns.end; ++j) {
      const float* pixel = image + (i * width + j) * channels;
      for (int64_t c = 0; c < channels; ++c) out[c] += pixel[c];
    }
  }
  const auto count = static_cast<float>(rows.size() * columns.size());
  for (int64_t c = 0; c < channels; ++c) out[c] /= count;
}

void add_maximum_gradient(const float* image, const float* dy, int64_t width, int64_t channels, Range rows,
                          Range columns, float* dimage) {
  for (int64_t c = 0; c < channels; ++c) {
    int64_t best = (rows.begin * width + columns.begin) * channels + c;
    for (int64_t i = rows.begin; i < rows.end; ++i) {
      for (int64_t j = columns.begin; j < columns.end; ++j) {
        const int64_t at = (i * width + j) * channels + c;
        if (image[at] > image[best]) best = at;
      }
    }
    dimage[best] += dy[c];
  }
}

void add_mean_gradient(const float* dy, int64_t width, int64_t channels, Range rows, Range columns,
                       float* dimage) {
  const float share = 1.0F / static_cast<float>(rows.size() * columns.size());
  for (int64_t i = rows.begin; i < rows.end; ++i) {
    for (int64_t j = columns.begin; j < columns.end; ++j) {
      float* pixel = dimage + (i * width + j) * channels;
      for (int64_t c = 0; c < channels; ++c) pixel[c] += dy[c] * share;
    }
  }
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
  parallel_for(out[0] * out[1], [&](int64_t begin, int64_t end, int) {
    for_each_window(*this, in, out, begin, end, [&](Range rows, Range columns, int64_t image, int64_t at) {
      const auto pool = kind == Kind::max ? pool_maximum : pool_mean;
      pool(run.inputs[0].data + image, in[2], in[3], rows, columns, run.output.data + at);
    });
  });
}

void Pooling::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  const Shape in = as_images(dx.shape);
  const Shape out = as_images(run.output_gradient.shape);
  // Windows may overlap within an image, so a thread has images of its own.
  parallel_for(in[0], [&](int64_t begin, int64_t end, int) {
    const int64_t image_floats = in[1] * in[2] * in[3];
    std::fill(dx.data + begin * image_floats, dx.data + end * image_floats, 0.0F);
    for_each_window(*this, in, out, begin * out[1], end * out[1],
                    [&](Range rows, Range columns, int64_t image, int64_t at) {
                      const float* dy = run.output_gradient.data + at;
                      if (kind == Kind::max) {
                        add_maximum_gradient(run.inputs[0].data + image, dy, in[2], in[3], rows, columns,
                                             dx.data + image);
                      } else {
                        add_mean_gradient(dy, in[2], in[3], rows, columns, dx.data + image);
                      }
                    });
  });
}

}  // namespace antler::ops
