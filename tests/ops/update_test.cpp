#include "antler/ops/update.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "antler/core/error.h"
#include "tests/core/threads.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

// Long enough for threads, and no multiple of any vector's length.
const Shape long_shape{40, 1031};

Tensor squares(const Tensor& tensor) {
  Tensor squared = tensor;
  for (float& value : squared.span()) value *= value;
  return squared;
}

void expect_near(const Tensor& found, const std::function<double(int64_t)>& expected) {
  for (int64_t i = 0; i < found.size(); ++i) {
    const double value = expected(i);
    ASSERT_NEAR(found[i], value, 1e-5 + 1e-5 * std::abs(value)) << "element " << i;
  }
}

TEST(Update, OfSgdReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  Tensor weight = before;
  update(weight.view(), gradient.view(), {},
         SgdStep{.learning_rate = 0.5F, .momentum = 0.0F, .nesterov = false});
  expect_near(weight, [&](int64_t i) { return before[i] - 0.5 * gradient[i]; });
}

TEST(Update, OfRmspropReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  const Tensor velocity_before = squares(random_tensor(long_shape, 3));
  Tensor weight = before;
  Tensor velocity = velocity_before;
  update(weight.view(), gradient.view(), {velocity.view()},
         RmspropStep{
             .learning_rate = 0.1F, .rho = 0.75F, .rest_of_rho = 0.25F, .momentum = 0.0F, .epsilon = 0.01F});
  const auto moved = [&](int64_t i) {
    return 0.75 * double{velocity_before[i]} + 0.25 * double{gradient[i]} * double{gradient[i]};
  };
  expect_near(velocity, moved);
  expect_near(weight, [&](int64_t i) { return before[i] - 0.1 * gradient[i] / std::sqrt(moved(i) + 0.01); });
}

// By RMSprop's formula, from a weight of 0 and with a velocity that stays as it is.
Tensor quotients_by_roots(const Tensor& numerators, Tensor squares) {
  Tensor weight(squares.shape());
  update(weight.view(), numerators.view(), {squares.view()},
         RmspropStep{
             .learning_rate = -1.0F, .rho = 1.0F, .rest_of_rho = 0.0F, .momentum = 0.0F, .epsilon = 0.0F});
  return weight;
}

TEST(Update, TakesRootsToTheLastDigits) {
  Tensor squares({64 * 16});
  const Tensor numerators = random_tensor(squares.shape(), 1);
  for (int64_t i = 0; i < squares.size(); ++i)
    squares[i] = std::pow(10.0F, static_cast<float>(i) / 16.0F - 32.0F);
  const Tensor found = quotients_by_roots(numerators, squares);
  for (int64_t i = 0; i < squares.size(); ++i) {
    const double expected = numerators[i] / std::sqrt(double{squares[i]});
    ASSERT_NEAR(found[i], expected, 4e-7 * std::abs(expected)) << "of " << squares[i];
  }
}

TEST(Update, TakesRootsOfWhatIsNoOrdinaryNumber) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  Tensor squares({64}, 4.0F);
  squares[1] = 0.0F;
  squares[17] = infinity;
  squares[34] = std::numeric_limits<float>::quiet_NaN();
  squares[51] = 0x1p-140F;
  const Tensor found = quotients_by_roots(Tensor({64}, 1.0F), squares);
  EXPECT_EQ(found[0], 0.5F);
  EXPECT_EQ(found[1], infinity);
  EXPECT_EQ(found[17], 0.0F);
  EXPECT_TRUE(std::isnan(found[34]));
  EXPECT_EQ(found[51], 0x1p70F);
}

TEST(Update, OfAdamReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  Tensor weight = before;
  Tensor momentum(long_shape);
  Tensor velocity(long_shape);
  update(weight.view(), gradient.view(), {momentum.view(), velocity.view()},
         AdamStep{.alpha = 0.1F, .rest_of_beta_1 = 0.5F, .rest_of_beta_2 = 0.25F, .epsilon = 0.01F});
  expect_near(momentum, [&](int64_t i) { return 0.5 * gradient[i]; });
  expect_near(weight, [&](int64_t i) {
    return before[i] - 0.1 * 0.5 * gradient[i] / (std::sqrt(0.25 * double{gradient[i]} * gradient[i]) + 0.01);
  });
}

TEST(Update, OfAdamaxReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  Tensor weight = before;
  Tensor momentum(long_shape);
  Tensor norm(long_shape, 0.5F);
  update(weight.view(), gradient.view(), {momentum.view(), norm.view()},
         AdamaxStep{.learning_rate = 0.1F,
                    .correction = 0.5F,
                    .rest_of_beta_1 = 0.25F,
                    .beta_2 = 0.5F,
                    .epsilon = 0.01F});
  const auto largest = [&](int64_t i) { return std::max(0.25, std::abs(double{gradient[i]})); };
  expect_near(norm, largest);
  expect_near(weight,
              [&](int64_t i) { return before[i] - 0.1 * 0.25 * gradient[i] / (0.5 * (largest(i) + 0.01)); });
}

TEST(Update, OfNadamReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  Tensor weight = before;
  Tensor momentum(long_shape);
  Tensor velocity(long_shape);
  update(weight.view(), gradient.view(), {momentum.view(), velocity.view()},
         NadamStep{.learning_rate = 0.1F,
                   .share_of_momentum = 0.5F,
                   .share_of_gradient = 0.75F,
                   .correction = 0.5F,
                   .rest_of_beta_1 = 0.5F,
                   .rest_of_beta_2 = 0.25F,
                   .epsilon = 0.01F});
  expect_near(weight, [&](int64_t i) {
    const double g = gradient[i];
    return before[i] - 0.1 * (0.5 * 0.5 * g + 0.75 * g) / (std::sqrt(0.25 * g * g / 0.5) + 0.01);
  });
}

TEST(Update, OfAdagradReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  Tensor weight = before;
  Tensor sum(long_shape, 0.5F);
  update(weight.view(), gradient.view(), {sum.view()}, AdagradStep{.learning_rate = 0.1F, .epsilon = 0.01F});
  const auto added = [&](int64_t i) { return 0.5 + double{gradient[i]} * gradient[i]; };
  expect_near(sum, added);
  expect_near(weight, [&](int64_t i) { return before[i] - 0.1 * gradient[i] / std::sqrt(added(i) + 0.01); });
}

TEST(Update, OfAdadeltaReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  Tensor weight = before;
  Tensor squares(long_shape);
  Tensor changes(long_shape);
  update(weight.view(), gradient.view(), {squares.view(), changes.view()},
         AdadeltaStep{.learning_rate = 0.5F, .rho = 0.75F, .rest_of_rho = 0.25F, .epsilon = 0.01F});
  const auto change = [&](int64_t i) {
    const double g = gradient[i];
    return 0.1 * g / std::sqrt(0.25 * g * g + 0.01);
  };
  expect_near(changes, [&](int64_t i) { return 0.25 * change(i) * change(i); });
  expect_near(weight, [&](int64_t i) { return before[i] - 0.5 * change(i); });
}

TEST(Update, OfLionReachesEachElementOnce) {
  const Tensor before = random_tensor(long_shape, 1);
  const Tensor gradient = random_tensor(long_shape, 2);
  Tensor weight = before;
  Tensor momentum(long_shape);
  update(weight.view(), gradient.view(), {momentum.view()},
         LionStep{.learning_rate = 0.1F,
                  .beta_1 = 0.5F,
                  .rest_of_beta_1 = 0.5F,
                  .beta_2 = 0.75F,
                  .rest_of_beta_2 = 0.25F});
  expect_near(momentum, [&](int64_t i) { return 0.25 * gradient[i]; });
  expect_near(weight, [&](int64_t i) { return before[i] - std::copysign(0.1, gradient[i]); });
}

TEST(Update, OfFtrlReachesEachElementOnceWithAnyPower) {
  for (const float power : {-0.5F, -0.75F}) {
    const Tensor before = random_tensor(long_shape, 1);
    const Tensor gradient = random_tensor(long_shape, 2);
    Tensor weight = before;
    Tensor sum(long_shape, 0.25F);
    Tensor linear(long_shape);
    update(weight.view(), gradient.view(), {sum.view(), linear.view()},
           FtrlStep{.learning_rate = 0.5F,
                    .learning_rate_power = power,
                    .l1 = 0.01F,
                    .twice_l2 = 0.5F,
                    .twice_l2_shrinkage = 0.25F});
    expect_near(weight, [&](int64_t i) {
      const double g = gradient[i];
      const double powered = std::pow(0.25 + g * g, -power);
      const double moved = g + 0.25 * before[i] - (powered - std::pow(0.25, -power)) / 0.5 * before[i];
      return (std::clamp(moved, -0.01, 0.01) - moved) / (powered / 0.5 + 0.5);
    });
  }
}

TEST(Update, DoesNotDependOnTheNumberOfThreads) {
  const Tensor gradient = random_tensor(long_shape, 2);
  const auto updated = [&](int threads) {
    const Threads set(threads);
    Tensor weight = random_tensor(long_shape, 1);
    Tensor velocity(long_shape);
    update(weight.view(), gradient.view(), {velocity.view()},
           RmspropStep{
               .learning_rate = 0.1F, .rho = 0.9F, .rest_of_rho = 0.1F, .momentum = 0.0F, .epsilon = 1e-7F});
    return std::vector<float>(weight.span().begin(), weight.span().end());
  };
  EXPECT_EQ(updated(1), updated(3));
}

TEST(Update, RefusesASlotOfAnotherShape) {
  Tensor weight({2, 3});
  Tensor velocity({6});
  EXPECT_THROW(update(weight.view(), weight.view(), {velocity.view()},
                      SgdStep{.learning_rate = 0.5F, .momentum = 0.9F, .nesterov = false}),
               Error);
}

}  // namespace
}  // namespace antler::ops
