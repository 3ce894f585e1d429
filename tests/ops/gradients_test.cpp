#include "antler/ops/gradients.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

// Long enough for threads, and no multiple of any vector's length.
const Shape long_shape{40, 1031};

void expect_near(const Tensor& found, const std::function<double(int64_t)>& expected) {
  for (int64_t i = 0; i < found.size(); ++i) ASSERT_NEAR(found[i], expected(i), 1e-6) << "element " << i;
}

TEST(SumOfSquares, IsOfAllElements) {
  const Tensor values = random_tensor(long_shape, 1);
  double expected = 0.0;
  for (const float value : values.span()) expected += double{value} * value;
  EXPECT_NEAR(sum_of_squares(values.view()), expected, 1e-6 * expected);
  EXPECT_EQ(sum_of_squares(Tensor({3}, {1, 2, -3}).view()), 14.0);
  EXPECT_EQ(sum_of_squares(Tensor().view()), 0.0);
}

TEST(Scale, MultipliesAndDividesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  Tensor values = before;
  scale(values.view(), 3.0F, 2.0F);
  expect_near(values, [&](int64_t i) { return before[i] * 3.0 / 2.0; });
}

TEST(Clip, CutsEachElement) {
  const Tensor before = random_tensor(long_shape, 1);
  Tensor values = before;
  clip(values.view(), 0.25F);
  expect_near(values, [&](int64_t i) { return std::clamp(before[i], -0.25F, 0.25F); });
}

TEST(Clip, LetsNaNThrough) {
  Tensor values({1}, {std::numeric_limits<float>::quiet_NaN()});
  clip(values.view(), 0.25F);
  EXPECT_TRUE(std::isnan(values[0]));
}

TEST(Accumulate, AddsEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor values = random_tensor(long_shape, 2);
  Tensor sums = before;
  accumulate(sums.view(), values.view());
  expect_near(sums, [&](int64_t i) { return double{before[i]} + values[i]; });
}

TEST(Decay, TakesAShareOfEachWeight) {
  const Tensor before = random_tensor(long_shape, 1);
  Tensor weights = before;
  decay(weights.view(), 0.5F, 0.1F);
  expect_near(weights, [&](int64_t i) { return before[i] * (1.0 - 0.5 * 0.1); });
}

TEST(Average, MovesTowardsEachValue) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor values = random_tensor(long_shape, 2);
  Tensor averages = before;
  average(averages.view(), values.view(), 0.75F, 0.25F);
  expect_near(averages, [&](int64_t i) { return 0.75 * before[i] + 0.25 * values[i]; });
}

TEST(Average, RefusesValuesOfAnotherShape) {
  Tensor averages({2, 3});
  EXPECT_THROW(average(averages.view(), Tensor({6}).view(), 0.5F, 0.5F), Error);
  EXPECT_THROW(accumulate(averages.view(), Tensor({6}).view()), Error);
}

}  // namespace
}  // namespace antler::ops
