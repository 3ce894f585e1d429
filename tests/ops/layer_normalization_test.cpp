#include "antler/ops/layer_normalization.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::FloatNear;
using testing::Pointwise;

TEST(LayerNormalization, NormalizesEachSampleByItself) {
  LayerNormalization op;
  op.epsilon = 0.0F;
  OperationRun run(op, {Tensor({2, 2}, {1, 3, 10, 50}), Tensor({2}, {1, 2}), Tensor({2}, {0, 100})});
  EXPECT_THAT(run.forward().span(), Pointwise(FloatNear(1e-4F), std::vector<float>{-1, 102, -1, 102}));
}

TEST(LayerNormalization, NormalizesGroupsOfChannels) {
  LayerNormalization op;
  op.axis = 1;
  op.groups = 2;
  op.epsilon = 0.0F;
  op.scale = op.center = false;
  OperationRun run(op, {Tensor({1, 2, 2}, {1, 5, 3, 25})});
  EXPECT_THAT(run.forward().span(), Pointwise(FloatNear(1e-5F), std::vector<float>{-1, -1, 1, 1}));
}

TEST(LayerNormalization, OnlyScalesWhenAskedTo) {
  LayerNormalization op;
  op.only_scales = true;
  op.epsilon = 0.0F;
  op.scale = op.center = false;
  OperationRun run(op, {Tensor({1, 2}, {3, 4})});
  const float root = std::sqrt(12.5F);
  EXPECT_THAT(run.forward().span(), Pointwise(FloatNear(1e-5F), std::vector<float>{3 / root, 4 / root}));
}

TEST(LayerNormalization, HasTheGradientsOfItsForward) {
  LayerNormalization op;
  check_gradients(op, {random_tensor({4, 3, 6}, 1, 2.0F), random_tensor({6}, 2), random_tensor({6}, 3)});
  op.axis = op.parameters_axis = 1;
  check_gradients(op, {random_tensor({4, 3, 6}, 1), random_tensor({3, 6}, 2), random_tensor({3, 6}, 3)});
  op.parameters_axis = -1;
  op.groups = 3;
  check_gradients(op, {random_tensor({4, 2, 6}, 1), random_tensor({6}, 2), random_tensor({6}, 3)});
  op.only_scales = true;
  check_gradients(op, {random_tensor({4, 2, 6}, 1), random_tensor({6}, 2), random_tensor({6}, 3)});
}

TEST(LayerNormalization, RefusesChannelsThatDoNotFallIntoTheGroups) {
  LayerNormalization op;
  op.axis = 1;
  op.groups = 4;
  const std::vector<Shape> shapes{{2, 3, 6}, {6}, {6}};
  EXPECT_THROW(op.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
