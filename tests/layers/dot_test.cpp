#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::FloatNear;
using testing::Pointwise;

// Figures are those of Keras 3.15.1.
const Tensor a({1, 2, 3}, {0, 0.841F, 0.308F, 0.989F, -0.983F, 0.847F});
const Tensor b({1, 2, 3}, {-0.666F, 0.249F, 0.854F, 0.92F, 0.829F, 0.824F});

TEST(Dot, MultipliesVectorsAlongItsAxes) {
  const Tensor columns = run_layer(Dot(1), {a, b});
  EXPECT_EQ(columns.shape(), Shape({1, 3, 3}));
  EXPECT_THAT(columns.span(),
              Pointwise(FloatNear(1e-5F), {0.90988F, 0.819881F, 0.814936F, -1.46447F, -0.605498F, -0.091778F,
                                           0.574112F, 0.778855F, 0.96096F}));
  for (const Axes& axes : {Axes(2), Axes(-1), Axes{2, 2}}) {
    EXPECT_THAT(run_layer(Dot(axes), {a, b}).span(),
                Pointwise(FloatNear(1e-5F), {0.472441F, 0.950981F, -0.180103F, 0.792901F}));
  }
}

TEST(Dot, GivesCosinesOfNormalizedVectors) {
  EXPECT_THAT(run_layer(Dot(2, {.normalize = true}), {a, b}).span(),
              Pointwise(FloatNear(1e-5F), {0.47469F, 0.713826F, -0.0993392F, 0.326721F}));
}

TEST(Dot, TakesInputsOfDifferentRanks) {
  const Tensor vector({1, 3}, a.span().first(3));
  const Tensor one = run_layer(Dot(1), {vector, Tensor({1, 3}, b.span().first(3))});
  EXPECT_EQ(one.shape(), Shape({1, 1}));
  EXPECT_NEAR(one[0], 0.472441F, 1e-6F);
  EXPECT_THAT(run_layer(Dot({1, 2}), {vector, b}).span(),
              Pointwise(FloatNear(1e-5F), {0.472441F, 0.950981F}));
  EXPECT_EQ(run_layer(Dot({2, 1}), {Tensor({1, 2, 3, 4}), Tensor({1, 3, 8})}).shape(), Shape({1, 2, 4, 8}));
}

TEST(Dot, IsTheSameAfterReadingItBack) {
  EXPECT_EQ(config_read_back(Dot(1)), R"({"axes": 1, "normalize": false})");
  EXPECT_EQ(config_read_back(Dot({2, 1}, {.normalize = true})), R"({"axes": [2, 1], "normalize": true})");
}

TEST(Dot, RefusesWhatCannotBeMultiplied) {
  EXPECT_THROW(run_layer(Dot(1), std::vector{a}), Error);
  EXPECT_THROW(run_layer(Dot({1, 2}), {a, b}), Error);
  EXPECT_THROW(run_layer(Dot(0), {a, b}), Error);
  EXPECT_THROW(Dot({1, 2, 3}), Error);
  EXPECT_THROW(read_layer("Dot", "{}"), Error);
}

}  // namespace
}  // namespace antler::layers
