#include "antler/ops/upsampling.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler::ops {
namespace {

// What an output row (or column) is made of: two input rows and the share of the second.
struct Mix {
  int64_t first;
  int64_t second;
  float share;
};

std::vector<Mix> mixes(int64_t size, int64_t factor, bool bilinear) {
  std::vector<Mix> all;
  for (int64_t i = 0; i < size * factor; ++i) {
    if (!bilinear) {
      all.push_back({i / factor, i / factor, 0.0F});
      continue;
    }
    const float centre = (static_cast<float>(i) + 0.5F) / static_cast<float>(factor) - 0.5F;
    const float below = std::floor(centre);
    const auto first = static_cast<int64_t>(below);
    all.push_back({std::max<int64_t>(first, 0), std::min(first + 1, size - 1), centre - below});
  }
  return all;
}

// Visits the terms of each output pixel of the images [begin, end): visit(output pixel, input pixel, weight).
template <typename Visit>
void for_each_term(const Upsampling& op, const Shape& x, const Visit& visit) {
  const std::vector<Mix> rows = mixes(x[1], op.height_factor, op.bilinear);
  const std::vector<Mix> columns = mixes(x[2], op.width_factor, op.bilinear);
  parallel_for(x[0], [&](int64_t begin, int64_t end, int) {
    for (int64_t image = begin; image < end; ++image) {
      int64_t out = image * static_cast<int64_t>(rows.size() * columns.size());
      for (const Mix& row : rows) {
        for (const Mix& column : columns) {
          const auto pixel = [&](int64_t i, int64_t j) { return (image * x[1] + i) * x[2] + j; };
          const auto add = [&](int64_t i, int64_t j, float weight) {
            if (weight != 0.0F) visit(out, pixel(i, j), weight);
          };
          add(row.first, column.first, (1.0F - row.share) * (1.0F - column.share));
          add(row.first, column.second, (1.0F - row.share) * column.share);
          add(row.second, column.first, row.share * (1.0F - column.share));
          add(row.second, column.second, row.share * column.share);
          ++out;
        }
      }
    }
  });
}

}  // namespace

Shape Upsampling::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  if (x.rank() != 4)
    throw Error("an input of shape {} cannot be enlarged; expected images of rank 4", x.to_string());
  return {x[0], x[1] * height_factor, x[2] * width_factor, x[3]};
}

void Upsampling::forward(const ForwardContext& run) const {
  const int64_t channels = run.output.shape[3];
  std::ranges::fill(run.output.span(), 0.0F);
  for_each_term(*this, run.inputs[0].shape, [&](int64_t out, int64_t in, float weight) {
    const float* from = run.inputs[0].data + in * channels;
    float* to = run.output.data + out * channels;
    for (int64_t c = 0; c < channels; ++c) to[c] += weight * from[c];
  });
}

void Upsampling::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  const int64_t channels = dx.shape[3];
  std::ranges::fill(dx.span(), 0.0F);
  for_each_term(*this, dx.shape, [&](int64_t out, int64_t in, float weight) {
    const float* from = run.output_gradient.data + out * channels;
    float* to = dx.data + in * channels;
    for (int64_t c = 0; c < channels; ++c) to[c] += weight * from[c];
  });
}

}  // namespace antler::ops
