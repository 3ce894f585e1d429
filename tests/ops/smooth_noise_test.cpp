#include "antler/ops/smooth_noise.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

TEST(SmoothNoise, IsTheSumOfItsGaussians) {
  const GaussianCurve down = dense_curve(5, 1.5, 3);
  const GaussianCurve across = sparse_curve(7, 2.0);
  const Tensor noise = random_tensor({down.numbers, across.numbers}, 1);
  std::vector<float> scratch(static_cast<size_t>(down.numbers * 7));
  std::vector<float> surface(35);
  smooth(down, across, noise.data(), scratch.data(), surface.data());
  for (int64_t row = 0; row < 5; ++row) {
    for (int64_t column = 0; column < 7; ++column) {
      double sum = 0.0;
      for (int64_t k = 0; k < down.numbers; ++k) {
        for (int64_t l = 0; l < across.numbers; ++l) {
          sum += double{noise[k * across.numbers + l]} *
                 double{down.weights[static_cast<size_t>(k * 5 + row)]} *
                 double{across.weights[static_cast<size_t>(l * 7 + column)]};
        }
      }
      EXPECT_NEAR(surface[static_cast<size_t>(row * 7 + column)], sum, 1e-5);
    }
  }
}

// Of the covariance that numbers at all places would give: exp(-distance^2 / (4 sigma^2)) / (2 sqrt(pi)
// sigma).
TEST(SmoothNoise, HasTheCovarianceOfNumbersAtAllPlaces) {
  for (const double sigma : {1.0, 2.5, 4.0, 11.0}) {
    const GaussianCurve curve = sparse_curve(30, sigma);
    for (const int64_t distance : {0, 1, 5}) {
      for (int64_t place = 0; place + distance < 30; ++place) {
        double sum = 0.0;
        for (int64_t number = 0; number < curve.numbers; ++number) {
          const auto at = static_cast<size_t>(number * 30 + place);
          sum += double{curve.weights[at]} * double{curve.weights[at + static_cast<size_t>(distance)]};
        }
        const double deviations = static_cast<double>(distance) / sigma;
        const double variance = 1.0 / (2.0 * std::sqrt(3.14159265) * sigma);
        EXPECT_NEAR(sum / variance, std::exp(-0.25 * deviations * deviations), 3e-4)
            << sigma << " at " << place;
      }
    }
  }
}

TEST(SmoothNoise, CutsADenseCurveOffAtItsRadius) {
  const GaussianCurve curve = dense_curve(9, 1.0, 2);
  double sum = 0.0;
  for (int64_t place = 0; place < 9; ++place) {
    const double weight = double{curve.weights[static_cast<size_t>(4 * 9 + place)]};
    EXPECT_EQ(weight > 0.0, std::abs(place - 4) <= 2);
    sum += weight;
  }
  EXPECT_NEAR(sum, 1.0, 1e-6);
}

}  // namespace
}  // namespace antler::ops
