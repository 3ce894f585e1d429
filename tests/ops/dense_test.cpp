#include "antler/ops/dense.h"

#include <gmock/gmock.h>

#include <limits>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::Each;
using testing::Eq;
using testing::FloatNear;
using testing::Pointwise;

// rows, in, out
using Extents = std::tuple<int64_t, int64_t, int64_t>;

Tensor plain_product(const Tensor& x, const Tensor& kernel, const Tensor* bias, bool relu) {
  const int64_t in = kernel.shape()[0];
  const int64_t out = kernel.shape()[1];
  const int64_t rows = x.size() / in;
  Tensor y({rows, out});
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t column = 0; column < out; ++column) {
      double sum = bias ? double{(*bias)[column]} : 0.0;
      for (int64_t k = 0; k < in; ++k) sum += double{x[row * in + k]} * double{kernel[k * out + column]};
      y[row * out + column] = static_cast<float>(relu ? std::max(sum, 0.0) : sum);
    }
  }
  return y;
}

class DenseExtents : public testing::TestWithParam<Extents> {
 protected:
  std::vector<Tensor> inputs(bool bias) const {
    const auto [rows, in, out] = GetParam();
    std::vector<Tensor> all{random_tensor({rows, in}, 1), random_tensor({in, out}, 2)};
    if (bias) all.push_back(random_tensor({out}, 3));
    return all;
  }
};
INSTANTIATE_TEST_SUITE_P(Dense, DenseExtents,
                         testing::Values(Extents{1, 1, 1}, Extents{64, 10, 3}, Extents{5, 33, 17},
                                         Extents{2, 7, 129}, Extents{13, 576, 70}, Extents{70, 3, 64},
                                         Extents{37, 45, 22}, Extents{20, 300, 150}, Extents{2, 1300, 10},
                                         Extents{3, 600, 150}, Extents{30, 55, 1100}));

TEST_P(DenseExtents, AgreesWithThePlainProduct) {
  const std::vector<Tensor> all = inputs(true);
  const Dense op;
  OperationRun run(op, all);
  EXPECT_THAT(run.forward().span(),
              Pointwise(FloatNear(2e-4F), plain_product(all[0], all[1], &all[2], false).span()));
}

TEST_P(DenseExtents, GivesARowTheSameBitsAloneAndAmongOthers) {
  const auto [rows, in, out] = GetParam();
  for (const bool relu : {false, true}) {
    std::vector<Tensor> all = inputs(relu);
    Dense op;
    op.bias = op.relu = relu;
    OperationRun run(op, all);
    const Tensor& together = run.forward();
    const Tensor x = all[0];
    for (int64_t row = 0; row < rows; ++row) {
      all[0] = Tensor({1, in}, x.rows(row, row + 1).span());
      OperationRun alone(op, all);
      EXPECT_THAT(alone.forward().span(), Pointwise(Eq(), together.rows(row, row + 1).span()));
    }
  }
}

// One chain of sums would be off by 1e-4 here; Keras's are not either.
TEST(Dense, LosesFewDigitsOverALongSum) {
  Tensor x = random_tensor({2, 20000}, 1);
  Tensor kernel = random_tensor({20000, 3}, 2);
  for (float& value : x.span()) value += 1.0F;
  for (float& value : kernel.span()) value += 1.0F;
  Dense op;
  op.bias = false;
  OperationRun run(op, {x, kernel});
  const Tensor sums = run.forward();
  const Tensor exact = plain_product(x, kernel, nullptr, false);
  for (int64_t i = 0; i < sums.size(); ++i) EXPECT_NEAR(sums[i] / exact[i], 1.0F, 1e-6F);
}

TEST_P(DenseExtents, CutsNegativeResultsWithRelu) {
  const std::vector<Tensor> all = inputs(false);
  Dense op;
  op.bias = false;
  op.relu = true;
  OperationRun run(op, all);
  EXPECT_THAT(run.forward().span(),
              Pointwise(FloatNear(2e-4F), plain_product(all[0], all[1], nullptr, true).span()));
}

TEST_P(DenseExtents, HasTheGradientsOfItsForward) {
  check_gradients(Dense{}, inputs(true));
  Dense relu;
  relu.relu = true;
  check_gradients(relu, inputs(true), {}, {.step = 0x1p-11F});  // a small step meets few of the kinks
}

TEST_P(DenseExtents, HandsItsKernelsGradientOverInPieces) {
  const std::vector<Tensor> all = inputs(true);
  const Dense op;
  OperationRun run(op, all);
  const Tensor dy = random_tensor(run.forward().shape(), 9);
  const std::vector<Tensor> whole = run.backward(dy);
  Tensor gradient(all[1].shape());
  Tensor times_taken(all[1].shape());
  const std::vector<Tensor> others = run.backward(dy, [&](int64_t first, std::span<const float> piece) {
    std::ranges::copy(piece, gradient.data() + first);
    for (size_t i = 0; i < piece.size(); ++i) ++times_taken.data()[first + static_cast<int64_t>(i)];
  });
  EXPECT_THAT(times_taken.span(), Each(1.0F));
  EXPECT_THAT(gradient.span(), Pointwise(Eq(), whole[1].span()));
  EXPECT_THAT(others[0].span(), Pointwise(Eq(), whole[0].span()));
  EXPECT_THAT(others[2].span(), Pointwise(Eq(), whole[2].span()));
}

// An optimizer changes the kernel as soon as it has a piece.
TEST_P(DenseExtents, ReadsNoWeightWhoseGradientWasHandedOver) {
  std::vector<Tensor> all = inputs(true);
  const Dense op;
  OperationRun run(op, all);
  const Tensor dy = random_tensor(run.forward().shape(), 9);
  const Tensor dx = run.backward(dy)[0];
  Tensor& kernel = run.input(1);
  const std::vector<Tensor> gradients = run.backward(dy, [&](int64_t first, std::span<const float> piece) {
    std::fill_n(kernel.data() + first, piece.size(), std::numeric_limits<float>::quiet_NaN());
  });
  EXPECT_THAT(gradients[0].span(), Pointwise(Eq(), dx.span()));
}

TEST(Dense, WorksOnTheLastAxis) {
  const Tensor x = random_tensor({2, 3, 4}, 1);
  const Tensor kernel = random_tensor({4, 5}, 2);
  Dense op;
  op.bias = false;
  OperationRun run(op, {x, kernel});
  const Tensor& y = run.forward();
  EXPECT_EQ(y.shape(), Shape({2, 3, 5}));
  EXPECT_THAT(y.span(), Pointwise(FloatNear(1e-5F), plain_product(x, kernel, nullptr, false).span()));
  check_gradients(op, {x, kernel});
}

TEST(Dense, RefusesAKernelForAnotherWidth) {
  const std::vector<Shape> shapes{{2, 3}, {4, 5}, {5}};
  EXPECT_THROW(Dense{}.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
