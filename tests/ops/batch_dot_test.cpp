#include "antler/ops/batch_dot.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

TEST(BatchDot, MultipliesEachVectorOfASampleWithEachOther) {
  const BatchDot op;
  OperationRun run(op, {Tensor({2, 1, 2}, {1, 2, 3, 4}), Tensor({2, 2, 2}, {1, 0, 0, 1, 1, 1, 2, 0})});
  EXPECT_THAT(run.forward().span(), testing::ElementsAre(1, 2, 7, 6));
}

TEST(BatchDot, HasTheGradientsOfItsForward) {
  check_gradients(BatchDot{}, {random_tensor({3, 4, 5}, 1), random_tensor({3, 2, 5}, 2)});
}

TEST(BatchDot, RefusesShapesThatDoNotFit) {
  EXPECT_THROW(BatchDot{}.output_shape(std::vector<Shape>{{2, 3, 4}, {2, 3, 5}}), Error);
  EXPECT_THROW(BatchDot{}.output_shape(std::vector<Shape>{{2, 3, 4}, {3, 3, 4}}), Error);
  EXPECT_THROW(BatchDot{}.output_shape(std::vector<Shape>{{2, 4}, {2, 4}}), Error);
}

}  // namespace
}  // namespace antler::ops
