#include "antler/layers/upsampling.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/layers/numbered.h"

namespace antler::layers {
namespace {

TEST(UpSampling2D, RepeatsPixels) {
  const Tensor y = run_layer(UpSampling2D({.size = {1, 2}}), Tensor({1, 2, 2, 1}, {1, 2, 3, 4}));
  EXPECT_THAT(y.span(), testing::ElementsAre(1, 1, 2, 2, 3, 3, 4, 4));
}

TEST(UpSampling2D, InterpolatesWhenAskedTo) {
  const Tensor y =
      run_layer(UpSampling2D({.size = {1, 2}, .interpolation = "bilinear"}), Tensor({1, 1, 2, 1}, {1, 3}));
  EXPECT_THAT(y.span(), testing::ElementsAre(1, 1.5F, 2.5F, 3));
}

// Keras 3.15.1's figures.
TEST(UpSampling2D, InterpolatesInAllOfKerassWays) {
  expect_gives(
      UpSampling2D({.size = {2, 3}, .interpolation = "bilinear"}), numbered({1, 2, 3, 1}),
      Tensor({1, 4, 9, 1},
             {-5,    -5,    -2.6666665F, -0.33333302F, 2,     0.66666651F,   -0.66666698F, -2,     -2,
              -2.5F, -2.5F, -1.0833333F, 0.33333349F,  1.75F, 0.41666651F,   -0.91666698F, -2.25F, -2.25F,
              2.5F,  2.5F,  2.0833335F,  1.6666665F,   1.25F, -0.083333492F, -1.416667F,   -2.75F, -2.75F,
              5,     5,     3.6666665F,  2.333333F,    1,     -0.33333349F,  -1.666667F,   -3,     -3}));
  expect_gives(UpSampling2D({.size = {2, 3}, .interpolation = "bicubic"}), numbered({1, 2, 3, 1}),
               Tensor({1, 4, 9, 1},
                      {-6.7209091F,  -5.8823533F, -3.5486593F,  -0.18480892F, 2.0882354F,  1.3734848F,
                       -0.53528535F, -1.9117649F, -2.3325901F,  -3.4252956F,  -2.9285717F, -1.4900489F,
                       0.56288064F,  1.7928572F,  0.84601206F,  -0.94253927F, -2.2071428F, -2.6279678F,
                       3.1096766F,   2.9285717F,  2.5920324F,   2.0454969F,   1.2071428F,  -0.19993025F,
                       -1.7500958F,  -2.7928572F, -3.2136824F,  6.4052901F,   5.8823533F,  4.6506429F,
                       2.7931864F,   0.9117648F,  -0.72740328F, -2.1573498F,  -3.0882356F, -3.5090606F}));
  expect_gives(UpSampling2D({.size = {2, 3}, .interpolation = "lanczos3"}), numbered({1, 2, 3, 1}),
               Tensor({1, 4, 9, 1},
                      {-8.4067059F,   -6.7547779F, -4.0766339F, -0.51933694F, 2.175478F,   1.9643871F,
                       -0.018010616F, -1.8245223F, -2.8834138F, -3.5822158F,  -2.6712933F, -1.1691711F,
                       0.70848477F,   1.7671294F,  0.92934912F, -0.80825877F, -2.2328706F, -3.091058F,
                       2.7298574F,    2.6712933F,  2.6347792F,  2.3148928F,   1.2328707F,  -0.42483258F,
                       -1.8421723F,   -2.7671292F, -3.3627264F, 7.5543466F,   6.7547779F,  5.5422421F,
                       3.5427141F,    0.82452208F, -1.4598707F, -2.6324203F,  -3.1754777F, -3.5703707F}));
  expect_gives(
      UpSampling2D({.size = {2, 3}, .interpolation = "lanczos5"}), numbered({1, 2, 3, 1}),
      Tensor({1, 4, 9, 1}, {-9.0101681F, -7.207119F,  -4.4043474F, -0.71630728F, 2.2207122F,  2.3390994F,
                            0.38383782F, -1.7792884F, -3.4075294F, -3.6295547F,  -2.5616827F, -1.0048945F,
                            0.79370803F, 1.7561684F,  0.97263056F, -0.72450173F, -2.2438316F, -3.3014674F,
                            2.3046236F,  2.5616827F,  2.7442989F,  2.4590759F,   1.2438318F,  -0.53442228F,
                            -1.9468688F, -2.7561681F, -3.1844943F, 7.6852369F,   7.207119F,   6.1437521F,
                            3.9690912F,  0.77928799F, -1.9008911F, -3.0552084F,  -3.2207117F, -3.0784328F}));
}

TEST(UpSampling1D, RepeatsSteps) {
  expect_gives(UpSampling1D({.size = 2}), numbered({1, 2, 2}),
               Tensor({1, 4, 2}, {-5, 2, -5, 2, -2, 5, -2, 5}));
}

TEST(UpSampling1D, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(UpSampling1D({.size = 3})), R"({"size": 3})");
  EXPECT_EQ(config_read_back(UpSampling1D({.size = 3})), R"({"size": 3})");
}

TEST(UpSampling2D, IsTheSameAfterReadingItBack) {
  const Layer layer = UpSampling2D({.size = {3, 2}, .interpolation = "bilinear"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(UpSampling2D, RefusesSettingsOutOfRange) {
  EXPECT_THROW(UpSampling2D({.size = 0}), Error);
  EXPECT_THROW(UpSampling1D({.size = 0}), Error);
  EXPECT_THROW(UpSampling2D({.interpolation = "area"}), Error);
  EXPECT_THROW(run_layer(UpSampling1D(), Tensor({1, 2, 2, 1})), Error);
  EXPECT_THROW(run_layer(UpSampling2D(), Tensor({1, 2, 2})), Error);
}

}  // namespace
}  // namespace antler::layers
