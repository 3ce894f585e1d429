#include "antler/ops/noise.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAreArray;
using Kind = Noise::Kind;

Noise noise(Kind kind, float amount, const Shape& shape = {}) {
  Noise op;
  op.kind = kind;
  op.amount = amount;
  op.shape = shape;
  op.stream = 5;
  return op;
}

Tensor noisy(const Noise& op, const Tensor& x, const RandomKey& random = {}) {
  OperationRun run(op, {x});
  run.random = random;
  return run.forward();
}

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};

Moments moments(const Tensor& x) {
  const auto count = static_cast<double>(x.size());
  Moments found;
  for (float each : x.span()) found.mean += double{each} / count;
  for (float each : x.span()) found.deviation += std::pow(double{each} - found.mean, 2) / count;
  found.deviation = std::sqrt(found.deviation);
  return found;
}

TEST(Noise, AddsNormalNumbers) {
  const Moments found = moments(noisy(noise(Kind::add_gaussian, 0.5F), Tensor({200, 500}, 3.0F)));
  EXPECT_NEAR(found.mean, 3.0, 0.01);
  EXPECT_NEAR(found.deviation, 0.5, 0.01);
}

TEST(Noise, MultipliesByNormalNumbersAbout1) {
  const Moments found = moments(noisy(noise(Kind::multiply_gaussian, 0.5F), Tensor({200, 500}, 3.0F)));
  EXPECT_NEAR(found.mean, 3.0, 0.03);
  EXPECT_NEAR(found.deviation, 1.5, 0.03);
}

TEST(Noise, KeepsMeanAndDeviationWhereItDropsToTheLimitOfSelu) {
  const Moments found = moments(noisy(noise(Kind::drop_alpha, 0.2F), random_tensor({200, 500}, 1)));
  EXPECT_NEAR(found.mean, 0.0, 0.02);
  EXPECT_NEAR(found.deviation, 1.0, 0.02);
}

TEST(Noise, IsOneAlongAxesOfExtent1) {
  const Tensor y = noisy(noise(Kind::drop, 0.5F, {Shape::unknown, 1, 3}), Tensor({50, 4, 3}, 1.0F));
  int64_t dropped = 0;
  for (int64_t i = 0; i < y.size(); ++i) {
    EXPECT_EQ(y[i], y[i / 12 * 12 + i % 3]);
    EXPECT_TRUE(y[i] == 0.0F || y[i] == 2.0F);
    dropped += y[i] == 0.0F ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(dropped), 300.0, 120.0);
}

TEST(Noise, DrawsAnewForEachSeedStepAndStream) {
  const Tensor x({1, 50}, 1.0F);
  const Noise op = noise(Kind::add_gaussian, 1.0F);
  Noise other = op;
  other.stream = 6;
  const Tensor first = noisy(op, x, {.seed = 1, .step = 1});
  EXPECT_THAT(noisy(op, x, {.seed = 1, .step = 1}).span(), ElementsAreArray(first.span()));
  for (const Tensor& y : {noisy(op, x, {.seed = 2, .step = 1}), noisy(op, x, {.seed = 1, .step = 2}),
                          noisy(other, x, {.seed = 1, .step = 1})}) {
    EXPECT_THAT(y.span(), testing::Not(ElementsAreArray(first.span())));
  }
}

TEST(Noise, HasTheGradientsOfItsForward) {
  for (Kind kind : {Kind::drop, Kind::drop_alpha, Kind::add_gaussian, Kind::multiply_gaussian}) {
    check_gradients(noise(kind, 0.3F), {random_tensor({3, 4, 5}, 1)});
    check_gradients(noise(kind, 0.3F, {Shape::unknown, 1, 5}), {random_tensor({3, 4, 5}, 1)});
  }
}

TEST(Noise, RefusesShapesThatDoNotFit) {
  const std::vector<Shape> shapes{{2, 3}};
  EXPECT_THROW(noise(Kind::drop, 0.5F, {2, 2}).output_shape(shapes), Error);
  EXPECT_THROW(noise(Kind::drop, 0.5F, {3}).output_shape(shapes), Error);
  EXPECT_THROW(noise(Kind::drop, 1.0F).output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
