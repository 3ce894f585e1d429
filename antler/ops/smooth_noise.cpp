#include "antler/ops/smooth_noise.h"

#include <array>
#include <cmath>
#include <numbers>

#include "antler/ops/kernels/product.h"

namespace antler::ops {
namespace {

double gaussian(double distance, double sigma) {
  const double deviations = distance / sigma;
  return std::exp(-0.5 * deviations * deviations);
}

}  // namespace

// Numbers that are h places apart have to be sqrt(h) times as large to give curves of the same variance. With
// h = sigma, the variance is that of numbers at all places times 1 +- 2 exp(-pi^2), as Poisson's summation
// has it.
GaussianCurve sparse_curve(int64_t extent, double sigma) {
  const double first = -4.0 * sigma;
  const double last = static_cast<double>(extent) + 3.0 * sigma;
  const double height = std::sqrt(sigma) / (sigma * std::sqrt(2.0 * std::numbers::pi));
  GaussianCurve curve{.extent = extent, .numbers = static_cast<int64_t>((last - first) / sigma) + 1};
  for (int64_t number = 0; number < curve.numbers; ++number) {
    const double middle = first + sigma * static_cast<double>(number);
    for (int64_t place = 0; place < extent; ++place)
      curve.weights.push_back(
          static_cast<float>(height * gaussian(static_cast<double>(place) - middle, sigma)));
  }
  return curve;
}

GaussianCurve dense_curve(int64_t extent, double sigma, int64_t radius) {
  double sum = 1.0;
  for (int64_t distance = 1; distance <= radius; ++distance)
    sum += 2.0 * gaussian(static_cast<double>(distance), sigma);
  GaussianCurve curve{.extent = extent, .numbers = extent};
  for (int64_t middle = 0; middle < extent; ++middle) {
    for (int64_t place = 0; place < extent; ++place) {
      const int64_t distance = std::abs(place - middle);
      const double weight = distance > radius ? 0.0 : gaussian(static_cast<double>(distance), sigma) / sum;
      curve.weights.push_back(static_cast<float>(weight));
    }
  }
  return curve;
}

void smooth(const GaussianCurve& down, const GaussianCurve& across, const float* noise, float* scratch,
            float* surface) {
  constexpr std::array<kernels::BlockOffset, 1> whole{};
  kernels::multiply({.rows = down.numbers,
                     .columns = across.extent,
                     .depth = across.numbers,
                     .blocks = whole,
                     .a = noise,
                     .a_row_step = across.numbers,
                     .b = across.weights.data(),
                     .b_step = across.extent,
                     .c = scratch,
                     .c_step = across.extent});
  kernels::multiply({.rows = down.extent,
                     .columns = across.extent,
                     .depth = down.numbers,
                     .blocks = whole,
                     .a = down.weights.data(),
                     .a_row_step = 1,
                     .a_step = down.extent,
                     .b = scratch,
                     .b_step = across.extent,
                     .c = surface,
                     .c_step = across.extent});
}

}  // namespace antler::ops
