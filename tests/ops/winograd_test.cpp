#include "antler/ops/winograd.h"

#include <gmock/gmock.h>

#include <cmath>
#include <vector>

#include "antler/ops/kernels/winograd_matrices.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

// The error of numbers against sums in double precision, as a share of these sums' own spread.
double error_of(std::span<const float> values, const std::vector<double>& exact) {
  double error = 0.0;
  double spread = 0.0;
  for (size_t i = 0; i < exact.size(); ++i) {
    error += std::pow(double{values[i]} - exact[i], 2);
    spread += exact[i] * exact[i];
  }
  return std::sqrt(error / spread);
}

class WinogradTile : public testing::TestWithParam<int64_t> {
 protected:
  Winograd sizes{.channels = 64, .filters = 40, .height = 11, .width = 13, .tile = GetParam()};
  Tensor canvas = random_tensor({sizes.canvas_height(), sizes.canvas_width(), sizes.channels}, 1);
  Tensor kernel = random_tensor({3, 3, sizes.channels, sizes.filters}, 2);
  Tensor dy = random_tensor({sizes.height, sizes.width, sizes.filters}, 3);
  Tensor scratch = Tensor({sizes.scratch_floats()});

  // Calls term(kernel index, image index, output index) for each product of the direct convolution.
  template <typename Term>
  void for_each_product(const Term& term) const {
    for (int64_t i = 0; i < sizes.height * sizes.width * 9; ++i) {
      const int64_t row = i / 9 / sizes.width, column = i / 9 % sizes.width;
      const int64_t a = i % 9 / 3, b = i % 3;
      for (int64_t c = 0; c < sizes.channels; ++c) {
        for (int64_t f = 0; f < sizes.filters; ++f) {
          term(((a * 3 + b) * sizes.channels + c) * sizes.filters + f,
               ((row + a) * sizes.canvas_width() + column + b) * sizes.channels + c,
               (row * sizes.width + column) * sizes.filters + f);
        }
      }
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Winograd, WinogradTile, testing::Values(2, 3, 4));

TEST_P(WinogradTile, ConvolvesWithAnErrorOfAFewRoundings) {
  Tensor transformed({sizes.kernel_floats()});
  sizes.transform_kernel(kernel.data(), transformed.data());
  Tensor y({sizes.height, sizes.width, sizes.filters});
  for (int64_t group = 0; group < sizes.groups(); ++group) {
    sizes.transform(canvas.data(), group, 0, scratch.data());
    sizes.convolve(group, 1, transformed.data(), nullptr, false, y.data(), scratch.data());
  }
  std::vector<double> exact(static_cast<size_t>(y.size()));
  for_each_product([&](int64_t weight, int64_t pixel, int64_t at) {
    exact[static_cast<size_t>(at)] += double{kernel[weight]} * double{canvas[pixel]};
  });
  // With tiles of 4 and the points 0, 1, -1, 2, -2 it would be more.
  EXPECT_LT(error_of(y.span(), exact), 1e-6);
}

TEST_P(WinogradTile, GivesTheKernelsGradientWithAnErrorOfAFewRoundings) {
  Tensor transformed({sizes.kernel_floats()});
  sizes.add_kernel_gradient(canvas.data(), dy.data(), sizes.width * sizes.filters, {0, true},
                            transformed.data(), scratch.data());
  Tensor gradient(kernel.shape());
  kernels::winograd_kernel_gradient(sizes.tile, transformed.data(), sizes.channels * sizes.filters,
                                    gradient.data());
  std::vector<double> exact(static_cast<size_t>(gradient.size()));
  for_each_product([&](int64_t weight, int64_t pixel, int64_t at) {
    exact[static_cast<size_t>(weight)] += double{dy[at]} * double{canvas[pixel]};
  });
  EXPECT_LT(error_of(gradient.span(), exact), 1.5e-6);
}

TEST(Winograd, TakesTheTilesThatNeedTheFewestProducts) {
  EXPECT_EQ(Winograd::of(24, 24, 2, 2).tile, 2);
  EXPECT_EQ(Winograd::of(24, 24, 6, 6).tile, 3);
  EXPECT_EQ(Winograd::of(24, 24, 12, 12).tile, 4);
  EXPECT_EQ(Winograd::of(24, 24, 13, 13).tile, 4);
}

TEST(Winograd, TakesSmallTilesForLargeKernels) {
  EXPECT_EQ(Winograd::of(512, 512, 12, 12).tile, 2);
}

TEST(Winograd, LeavesToOthersWhatItWouldNotMakeFaster) {
  const auto serves = [](int64_t channels, int64_t height, int64_t width, int64_t kernel = 3) {
    return Winograd::serves(Convolution{}, kernel, kernel, Winograd::of(channels, 64, height, width));
  };
  EXPECT_TRUE(serves(32, 8, 8));
  EXPECT_FALSE(serves(32, 8, 8, 5));
  EXPECT_FALSE(serves(3, 8, 8));
  EXPECT_FALSE(serves(32, 1, 1));
  EXPECT_FALSE(serves(32, 1, 8));
}

TEST(WinogradMatrices, AreThoseOfThePaperForTilesOfTwo) {
  // Up to the signs of a row, which come in both of its matrices.
  using Matrices = kernels::WinogradMatrices<2>;
  EXPECT_EQ(Matrices::image,
            (kernels::Matrix<4, 4>{{{-1, 0, 1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, -1, 0, 1}}}));
  EXPECT_EQ(Matrices::kernel,
            (kernels::Matrix<4, 3>{{{-1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}}}));
  EXPECT_EQ(Matrices::output, (kernels::Matrix<2, 4>{{{1, 1, 1, 0}, {0, 1, -1, 1}}}));
}

}  // namespace
}  // namespace antler::ops
