#include "antler/ops/update.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
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

TEST(Update, DoesNotDependOnTheNumberOfThreads) {
  const Tensor gradient = random_tensor(long_shape, 2);
  const auto updated = [&](int threads) {
    const int before = thread_count();
    set_thread_count(threads);
    Tensor weight = random_tensor(long_shape, 1);
    Tensor velocity(long_shape);
    update(weight.view(), gradient.view(), {velocity.view()},
           RmspropStep{
               .learning_rate = 0.1F, .rho = 0.9F, .rest_of_rho = 0.1F, .momentum = 0.0F, .epsilon = 1e-7F});
    set_thread_count(before);
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
