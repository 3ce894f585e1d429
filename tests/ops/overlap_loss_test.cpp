// The expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU), gradients by tf.GradientTape.
#include "antler/ops/overlap_loss.h"

#include "antler/core/error.h"
#include "tests/ops/loss_check.h"

namespace antler::ops {
namespace {

const Tensor bits({2, 3}, {0, 1, 1, 1, 0, 1});
const Tensor probabilities({2, 3}, {0.2F, 0.5F, 0.3F, 0.9F, 0.05F, 0.4F});

OverlapLoss dice(std::optional<std::vector<int>> axes = {}) {
  OverlapLoss loss;
  loss.epsilon = 0.5e-7F;
  loss.axes = std::move(axes);
  return loss;
}

OverlapLoss tversky(std::optional<std::vector<int>> axes = {}) {
  OverlapLoss loss;
  loss.alpha = 0.3F;
  loss.beta = 0.7F;
  loss.axes = std::move(axes);
  return loss;
}

TEST(OverlapLoss, IsKerassDice) {
  expect_loss(dice(), bits, probabilities, {0.338582635F},
              {0.104160219F, -0.210800409F, -0.210800409F, -0.210800409F, 0.104160219F, -0.210800409F});
}

TEST(OverlapLoss, IsKerassDiceOfEachSampleOrClass) {
  expect_loss(dice({{1}}), bits, probabilities, {0.466666639F, 0.223880589F},
              {0.177777782F, -0.488888919F, -0.488888919F, -0.365337521F, 0.231677443F, -0.365337521F});
  expect_loss(dice({{0}}), bits, probabilities, {0.142857134F, 0.354838729F, 0.481481433F},
              {0.408163279F, -0.874089479F, -0.548696816F, -0.544217706F, 0.416233063F, -0.548696816F});
}

TEST(OverlapLoss, IsKerassTversky) {
  expect_loss(tversky(), bits, probabilities, {0.261862874F},
              {0.181615442F, -0.169878393F, -0.169878393F, -0.169878393F, 0.181615442F, -0.169878393F});
  expect_loss(tversky({{-1}}), bits, probabilities, {0.384615481F, 0.158576131F},
              {0.331360847F, -0.437869817F, -0.437869817F, -0.26602152F, 0.381227642F, -0.26602152F});
}

TEST(OverlapLoss, HasTheShapeThatRemains) {
  const std::vector<Shape> shapes{{2, 4, 5, 3}, {2, 4, 5, 3}};
  EXPECT_EQ(dice({{1, 2}}).output_shape(shapes), Shape({2, 3}));
  EXPECT_EQ(dice().output_shape(shapes), Shape({1}));
}

TEST(OverlapLoss, RefusesShapesThatDiffer) {
  EXPECT_THROW((void)dice().output_shape(std::vector<Shape>{{2, 3}, {2, 1}}), Error);
  EXPECT_THROW((void)dice({{2}}).output_shape(std::vector<Shape>{{2, 3}, {2, 3}}), Error);
}

}  // namespace
}  // namespace antler::ops
