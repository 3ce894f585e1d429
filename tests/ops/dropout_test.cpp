#include "antler/ops/dropout.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/core/threads.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::Each;
using testing::ElementsAreArray;

Dropout dropout(float rate, uint64_t stream = 0) {
  Dropout op;
  op.rate = rate;
  op.stream = stream;
  return op;
}

Tensor dropped(const Dropout& op, const Tensor& x, const RandomKey& random) {
  OperationRun run(op, {x});
  run.random = random;
  return run.forward();
}

const Tensor ones({100003}, 1.0F);

TEST(Dropout, DropsAsItsRateSaysAndScalesTheRest) {
  for (const float rate : {0.1F, 0.25F, 0.5F, 0.9F}) {
    const Tensor y = dropped(dropout(rate), ones, {.seed = 3, .step = 5});
    int64_t zeros = 0;
    for (const float each : y.span()) {
      if (each == 0.0F) {
        ++zeros;
      } else {
        EXPECT_FLOAT_EQ(each, 1.0F / (1.0F - rate));
      }
    }
    const double deviation =
        std::sqrt(double{rate} * (1.0 - double{rate}) * static_cast<double>(ones.size()));
    EXPECT_NEAR(static_cast<double>(zeros), double{rate} * static_cast<double>(ones.size()), 4.0 * deviation);
  }
}

// The plain form of what the kernel draws many blocks at a time.
TEST(Dropout, ComparesTheRateWithTheWordsOfPhilox) {
  const RandomKey random{.seed = 11, .step = 4};
  const auto key = RandomStream(random.seed, 6, random.step).block(0);
  const Tensor x = random_tensor({1003}, 1);
  const Tensor y = dropped(dropout(0.3F, 6), x, random);
  for (int64_t i = 0; i < x.size(); ++i) {
    const auto words = philox4x32({static_cast<uint32_t>(i / 4), 0, 0, 0}, {key[0], key[1]});
    const bool drops = words[static_cast<size_t>(i % 4)] < static_cast<uint32_t>(double{0.3F} * 0x1p32);
    EXPECT_FLOAT_EQ(y[i], drops ? 0.0F : x[i] / (1.0F - 0.3F)) << i;
  }
}

TEST(Dropout, DrawsTheSameOnOneThreadAndOnThree) {
  const auto dropped_on = [](int count) {
    const Threads set(count);
    return dropped(dropout(0.5F), ones, {.seed = 3, .step = 5});
  };
  const Tensor one = dropped_on(1);
  const Tensor three = dropped_on(3);
  EXPECT_THAT(three.span(), ElementsAreArray(one.span()));
}

TEST(Dropout, DropsAnElementWhateverTheSizeOfTheBatch) {
  const Tensor few = dropped(dropout(0.5F), Tensor({37}, 1.0F), {});
  const Tensor many = dropped(dropout(0.5F), ones, {});
  EXPECT_THAT(few.span(), ElementsAreArray(many.span().first(37)));
}

TEST(Dropout, DrawsAnewForEachSeedStepAndStream) {
  const auto share_of_equals = [](const Tensor& a, const Tensor& b) {
    int64_t equal = 0;
    for (int64_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
    return static_cast<double>(equal) / static_cast<double>(a.size());
  };
  const Tensor first = dropped(dropout(0.5F, 1), ones, {.seed = 1, .step = 1});
  EXPECT_NEAR(share_of_equals(first, dropped(dropout(0.5F, 1), ones, {.seed = 2, .step = 1})), 0.5, 0.01);
  EXPECT_NEAR(share_of_equals(first, dropped(dropout(0.5F, 1), ones, {.seed = 1, .step = 2})), 0.5, 0.01);
  EXPECT_NEAR(share_of_equals(first, dropped(dropout(0.5F, 2), ones, {.seed = 1, .step = 1})), 0.5, 0.01);
}

TEST(Dropout, DropsTheSameFromTheGradient) {
  const Dropout op = dropout(0.4F);
  OperationRun run(op, {ones});
  run.random = {.seed = 9, .step = 2};
  const Tensor y = run.forward();
  EXPECT_THAT(run.backward(ones)[0].span(), ElementsAreArray(y.span()));
  check_gradients(op, {random_tensor({3, 50}, 1)});
}

TEST(Dropout, KeepsEverythingAtRate0AndNothingAtRate1) {
  EXPECT_THAT(dropped(dropout(0.0F), ones, {}).span(), Each(1.0F));
  EXPECT_THAT(dropped(dropout(1.0F), ones, {}).span(), Each(0.0F));
}

TEST(Dropout, RefusesARateThatIsNoProbability) {
  const std::vector<Shape> shapes{{2, 3}};
  EXPECT_THROW(dropout(-0.1F).output_shape(shapes), Error);
  EXPECT_THROW(dropout(1.5F).output_shape(shapes), Error);
  EXPECT_THROW(dropout(std::nanf("")).output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
