#include "antler/initializers/initializer.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "antler/core/error.h"

namespace antler::initializers {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::FloatEq;

const RandomStream stream(1, 2);

Tensor draw(const Initializer& initializer, const Shape& shape) {
  return initializer(shape, stream);
}

double mean_of(const Tensor& tensor) {
  return std::accumulate(tensor.span().begin(), tensor.span().end(), 0.0) /
         static_cast<double>(tensor.size());
}

double deviation_of(const Tensor& tensor) {
  double sum = 0.0;
  for (float x : tensor.span()) sum += double{x} * double{x};
  return std::sqrt(sum / static_cast<double>(tensor.size()));
}

float largest_of(const Tensor& tensor) {
  float largest = 0.0F;
  for (float x : tensor.span()) largest = std::max(largest, std::abs(x));
  return largest;
}

TEST(Initializer, FillsWithOneNumber) {
  EXPECT_THAT(draw(Zeros(), {2, 2}).span(), Each(0.0F));
  EXPECT_THAT(draw(Ones(), {3}).span(), Each(1.0F));
  EXPECT_THAT(draw(Constant(0.25), {3}).span(), Each(0.25F));
}

TEST(Initializer, DrawsTheSameFromTheSameStream) {
  const Tensor first = draw("he_normal", {5, 7});
  EXPECT_THAT(first.span(), testing::ElementsAreArray(draw("he_normal", {5, 7}).span()));
  const Tensor other = Initializer("he_normal")({5, 7}, RandomStream(1, 3));
  EXPECT_THAT(first.span(), testing::Not(testing::ElementsAreArray(other.span())));
}

TEST(Initializer, GlorotUniformFillsTheIntervalOfItsFans) {
  const Tensor kernel = draw(GlorotUniform(), {3, 3, 20, 30});
  const float limit = std::sqrt(6.0F / (9.0F * 20.0F + 9.0F * 30.0F));
  EXPECT_LE(largest_of(kernel), limit);
  EXPECT_GT(largest_of(kernel), 0.99F * limit);
  EXPECT_NEAR(mean_of(kernel), 0.0, 0.02 * double{limit});
}

TEST(Initializer, HeUniformLooksAtTheInputsAlone) {
  const float limit = std::sqrt(6.0F / 50.0F);
  const Tensor kernel = draw(HeUniform(), {50, 200});
  EXPECT_LE(largest_of(kernel), limit);
  EXPECT_GT(largest_of(kernel), 0.99F * limit);
}

TEST(Initializer, CorrectsTheDeviationThatTruncationTakesAway) {
  const Tensor kernel = draw(HeNormal(), {100, 400});
  const double stddev = std::sqrt(2.0 / 100.0);
  EXPECT_NEAR(deviation_of(kernel), stddev, 0.02 * stddev);
  EXPECT_LE(largest_of(kernel), 2.0 * stddev / 0.87962566103423978);
}

TEST(Initializer, NormalNumbersHaveTheDeviationAskedFor) {
  EXPECT_NEAR(deviation_of(draw(RandomNormal(0.0, 0.5), {100, 200})), 0.5, 0.01);
  EXPECT_NEAR(mean_of(draw(RandomNormal(3.0, 0.5), {100, 200})), 3.0, 0.02);
  EXPECT_LE(largest_of(draw(TruncatedNormal(0.0, 0.5), {100, 200})), 1.0F);
  const Tensor scaled = draw(VarianceScaling(4.0, "fan_out", "untruncated_normal"), {300, 100});
  EXPECT_NEAR(deviation_of(scaled), 0.2, 0.004);
}

TEST(Initializer, AVectorHasItsLengthAsBothFans) {
  EXPECT_LE(largest_of(draw(GlorotUniform(), {600})), std::sqrt(3.0F / 600.0F));
  EXPECT_GT(largest_of(draw(GlorotUniform(), {600})), 0.95F * std::sqrt(3.0F / 600.0F));
}

TEST(Initializer, OrthogonalColumnsAreOrthonormal) {
  const Tensor q = draw(Orthogonal(2.0), {3, 4, 5});
  for (int64_t a = 0; a < 5; ++a) {
    for (int64_t b = 0; b < 5; ++b) {
      float product = 0.0F;
      for (int64_t row = 0; row < 12; ++row) product += q[row * 5 + a] * q[row * 5 + b];
      EXPECT_NEAR(product, a == b ? 4.0F : 0.0F, 1e-5F);
    }
  }
}

TEST(Initializer, OrthogonalRowsAreOrthonormalWhereThereAreFewer) {
  const Tensor q = draw(Orthogonal(), {2, 3});
  const auto product = [&](int64_t a, int64_t b) {
    return q[3 * a] * q[3 * b] + q[3 * a + 1] * q[3 * b + 1] + q[3 * a + 2] * q[3 * b + 2];
  };
  EXPECT_NEAR(product(0, 0), 1.0F, 1e-6F);
  EXPECT_NEAR(product(1, 1), 1.0F, 1e-6F);
  EXPECT_NEAR(product(0, 1), 0.0F, 1e-6F);
}

TEST(Initializer, IdentityFillsTheDiagonal) {
  EXPECT_THAT(draw(Identity(2.0), {2, 3}).span(), ElementsAre(2, 0, 0, 0, 2, 0));
}

TEST(Initializer, RefusesShapesItCannotFill) {
  EXPECT_THROW(draw(Identity(), {2, 2, 2}), Error);
  EXPECT_THROW(draw(Orthogonal(), {4}), Error);
}

}  // namespace
}  // namespace antler::initializers
