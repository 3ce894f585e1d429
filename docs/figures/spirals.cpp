#include "docs/figures/spirals.h"

#include <cmath>
#include <numbers>

using namespace antler;  // NOLINT(google-build-using-namespace): as a user's program begins

namespace figures {

Points spirals() {
  constexpr int64_t arms = 3;
  constexpr int64_t points = 200;  // an arm
  Points all{.x = Tensor({arms * points, 2}), .y = Tensor({arms * points, arms})};
  std::vector<float> noise(static_cast<size_t>(arms * points));
  RandomStream(1, stream_of("spirals")).fill_normal(noise, 0.0F, 0.12F);
  for (int64_t i = 0; i < arms * points; ++i) {
    const int64_t arm = i % arms;
    const double radius = (static_cast<double>(i) / arms + 1) / points;
    const double turn = static_cast<double>(arm) / arms + 0.8 * radius;
    const double angle = 2 * std::numbers::pi * turn + noise[static_cast<size_t>(i)];
    all.x[2 * i] = static_cast<float>(radius * std::cos(angle));
    all.x[2 * i + 1] = static_cast<float>(radius * std::sin(angle));
    all.y[arms * i + arm] = 1.0F;
  }
  return all;
}

visual::Series by_epoch(const std::string& name, const std::vector<double>& values) {
  return {.name = name, .x = numbers(static_cast<int>(values.size()), 1.0), .y = values};
}

std::vector<double> numbers(int count, double first, double step) {
  std::vector<double> all;
  for (int i = 0; i < count; ++i) all.push_back(first + step * i);
  return all;
}

}  // namespace figures
