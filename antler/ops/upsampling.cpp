#include "antler/ops/upsampling.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/images.h"

namespace antler::ops {
namespace {

using Interpolation = Upsampling::Interpolation;

// An input row (or column) and its share in an output row.
struct Tap {
  int64_t at;
  float weight;
};

int64_t radius_of(Interpolation interpolation) {
  switch (interpolation) {
    case Interpolation::nearest:
    case Interpolation::bilinear:
      return 1;
    case Interpolation::bicubic:
      return 2;
    case Interpolation::lanczos3:
      return 3;
    case Interpolation::lanczos5:
      return 5;
  }
  return 0;
}

float cubic(float x) {
  if (x <= 1.0F) return (1.5F * x - 2.5F) * x * x + 1.0F;
  return ((-0.5F * x + 2.5F) * x - 4.0F) * x + 2.0F;
}

float lanczos(float x, float radius) {
  if (x <= 1e-3F) return 1.0F;
  const float turn = std::numbers::pi_v<float> * x;
  return radius * std::sin(turn) * std::sin(turn / radius) / (turn * turn);
}

// The weight of what lies at distance `x` from the centre, before all are scaled to the sum of 1.
float weight_at(Interpolation interpolation, float x) {
  const auto radius = static_cast<float>(radius_of(interpolation));
  if (x >= radius) return 0.0F;
  if (interpolation == Interpolation::bilinear) return 1.0F - x;
  return interpolation == Interpolation::bicubic ? cubic(x) : lanczos(x, radius);
}

// The place of output row `i` among the input's rows.
float centre_of(int64_t i, int64_t factor, Interpolation interpolation) {
  const float centre = (static_cast<float>(i) + 0.5F) / static_cast<float>(factor) - 0.5F;
  if (interpolation != Interpolation::bicubic) return centre;
  // TensorFlow looks the cubic up in a table of this many steps.
  return std::floor(centre) + std::nearbyint((centre - std::floor(centre)) * 1024.0F) / 1024.0F;
}

// What output row `i` is made of.
std::vector<Tap> taps_of(int64_t i, int64_t size, int64_t factor, Interpolation interpolation) {
  if (interpolation == Interpolation::nearest) return {{i / factor, 1.0F}};
  const float centre = centre_of(i, factor, interpolation);
  const auto nearest = static_cast<int64_t>(std::floor(centre));
  const int64_t radius = radius_of(interpolation);
  std::vector<Tap> taps;
  float sum = 0.0F;
  for (int64_t at = std::max<int64_t>(nearest - radius, 0); at <= std::min(nearest + radius, size - 1);
       ++at) {
    const float weight = weight_at(interpolation, std::abs(static_cast<float>(at) - centre));
    if (weight != 0.0F) taps.push_back({at, weight});
    sum += weight;
  }
  for (Tap& tap : taps) tap.weight /= sum;
  return taps;
}

std::vector<std::vector<Tap>> all_taps(int64_t size, int64_t factor, Interpolation interpolation) {
  std::vector<std::vector<Tap>> all;
  for (int64_t i = 0; i < size * factor; ++i) all.push_back(taps_of(i, size, factor, interpolation));
  return all;
}

// Visits the terms of each output pixel: visit(output pixel, input pixel, weight).
template <typename Visit>
void for_each_term(const Upsampling& op, const Shape& x, const Visit& visit) {
  const auto rows = all_taps(x[1], op.height_factor, op.interpolation);
  const auto columns = all_taps(x[2], op.width_factor, op.interpolation);
  parallel_for(x[0], [&](int64_t begin, int64_t end, int) {
    for (int64_t image = begin; image < end; ++image) {
      int64_t out = image * static_cast<int64_t>(rows.size() * columns.size());
      for (const std::vector<Tap>& row : rows) {
        for (const std::vector<Tap>& column : columns) {
          for (const Tap& i : row) {
            for (const Tap& j : column) visit(out, (image * x[1] + i.at) * x[2] + j.at, i.weight * j.weight);
          }
          ++out;
        }
      }
    }
  });
}

}  // namespace

Shape Upsampling::output_shape(std::span<const Shape> inputs) const {
  const Shape x = as_images(inputs[0]);
  if (x.rank() != 4) {
    throw Error("an input of shape {} cannot be enlarged; expected sequences or images", x.to_string());
  }
  return like_input({x[0], x[1] * height_factor, x[2] * width_factor, x[3]}, inputs[0]);
}

void Upsampling::forward(const ForwardContext& run) const {
  const int64_t channels = run.output.shape.back();
  std::ranges::fill(run.output.span(), 0.0F);
  for_each_term(*this, as_images(run.inputs[0].shape), [&](int64_t out, int64_t in, float weight) {
    const float* from = run.inputs[0].data + in * channels;
    float* to = run.output.data + out * channels;
    for (int64_t c = 0; c < channels; ++c) to[c] += weight * from[c];
  });
}

void Upsampling::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  const int64_t channels = dx.shape.back();
  std::ranges::fill(dx.span(), 0.0F);
  for_each_term(*this, as_images(dx.shape), [&](int64_t out, int64_t in, float weight) {
    const float* from = run.output_gradient.data + out * channels;
    float* to = dx.data + in * channels;
    for (int64_t c = 0; c < channels; ++c) to[c] += weight * from[c];
  });
}

}  // namespace antler::ops
