#include "antler/ops/smooth_noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace antler::ops {
namespace {

double gaussian(double distance, double sigma) {
  const double deviations = distance / sigma;
  return std::exp(-0.5 * deviations * deviations);
}

}  // namespace

GaussianCurve::GaussianCurve(int64_t extent, std::span<const double> middles, double sigma, double radius,
                             double height)
    : extent_(extent) {
  for (const double middle : middles) {
    Knot knot{.begin = std::max<int64_t>(0, std::lround(std::ceil(middle - radius))),
              .end = std::min<int64_t>(extent, std::lround(std::floor(middle + radius)) + 1)};
    for (int64_t place = knot.begin; place < knot.end; ++place) {
      const double distance = static_cast<double>(place) - middle;
      knot.weights.push_back(static_cast<float>(height * gaussian(distance, sigma)));
    }
    knots_.push_back(std::move(knot));
  }
}

// Numbers that are h places apart have to be sqrt(h) times as large to give curves of the same variance. With
// h = sigma, the variance between the knots is that at the knots but for a factor 1 +- 2 exp(-pi^2).
GaussianCurve GaussianCurve::sparse(int64_t extent, double sigma) {
  const double radius = 3.5 * sigma;
  std::vector<double> middles;
  for (double middle = -3.0 * sigma; middle < static_cast<double>(extent) + 3.0 * sigma; middle += sigma)
    middles.push_back(middle);
  const double height = std::sqrt(sigma) / (sigma * std::sqrt(2.0 * std::numbers::pi));
  return {extent, middles, sigma, radius, height};
}

GaussianCurve GaussianCurve::dense(int64_t extent, double sigma, int64_t radius) {
  std::vector<double> middles;
  for (int64_t place = 0; place < extent; ++place) middles.push_back(static_cast<double>(place));
  double sum = 1.0;
  for (int64_t distance = 1; distance <= radius; ++distance)
    sum += 2.0 * gaussian(static_cast<double>(distance), sigma);
  return {extent, middles, sigma, static_cast<double>(radius), 1.0 / sum};
}

void smooth(const GaussianCurve& down, const GaussianCurve& across, std::span<const float> noise,
            std::span<float> scratch, std::span<float> surface) {
  const int64_t width = across.extent();
  std::ranges::fill(scratch.first(static_cast<size_t>(down.knots() * width)), 0.0F);
  std::ranges::fill(surface, 0.0F);
  for (int64_t k = 0; k < down.knots(); ++k) {
    float* row = scratch.data() + k * width;
    for (int64_t l = 0; l < across.knots(); ++l) {
      const GaussianCurve::Knot& knot = across.knot(l);
      const float number = noise[static_cast<size_t>(k * across.knots() + l)];
      for (int64_t x = knot.begin; x < knot.end; ++x)
        row[x] += number * knot.weights[static_cast<size_t>(x - knot.begin)];
    }
    const GaussianCurve::Knot& knot = down.knot(k);
    for (int64_t y = knot.begin; y < knot.end; ++y) {
      const float weight = knot.weights[static_cast<size_t>(y - knot.begin)];
      float* to = surface.data() + y * width;
      for (int64_t x = 0; x < width; ++x) to[x] += weight * row[x];
    }
  }
}

}  // namespace antler::ops
