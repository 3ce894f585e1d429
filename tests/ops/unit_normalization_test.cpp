#include "antler/ops/unit_normalization.h"

#include <gmock/gmock.h>

#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

TEST(UnitNormalizationOperation, ScalesVectorsToTheLengthOf1) {
  const UnitNormalization op;
  OperationRun run(op, {Tensor({2, 2}, {3, -4, 0, 0})});
  EXPECT_THAT(run.forward().span(), testing::ElementsAre(0.6F, -0.8F, 0, 0));
}

TEST(UnitNormalizationOperation, LeavesVectorsShorterThanEpsilonShort) {
  UnitNormalization op;
  op.epsilon = 10.0F;
  OperationRun run(op, {Tensor({1, 2}, {3, -4})});
  EXPECT_THAT(run.forward().span(), testing::ElementsAre(0.3F, -0.4F));
}

TEST(UnitNormalizationOperation, HasTheGradientsOfItsForward) {
  UnitNormalization op;
  check_gradients(op, {random_tensor({3, 4, 5}, 1)});
  op.axis = -2;
  check_gradients(op, {random_tensor({3, 4, 5}, 1)});
  op.epsilon = 10.0F;
  check_gradients(op, {random_tensor({3, 4, 5}, 1)});
}

}  // namespace
}  // namespace antler::ops
