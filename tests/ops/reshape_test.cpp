#include "antler/ops/reshape.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

Reshape reshape(const Shape& shape) {
  Reshape op;
  op.shape = shape;
  return op;
}

TEST(Reshape, KeepsTheBatchAxisAndTheOrderOfTheElements) {
  const Reshape op = reshape({3, 2});
  OperationRun run(op, {Tensor({2, 6}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})});
  EXPECT_EQ(run.forward().shape(), Shape({2, 3, 2}));
  EXPECT_THAT(run.forward().span(), testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
}

TEST(Reshape, HasTheGradientOfItsForward) {
  check_gradients(reshape({20}), {random_tensor({3, 4, 5}, 1)});
}

TEST(Reshape, MayShareMemoryWithItsInput) {
  EXPECT_TRUE(reshape({6}).only_reshapes());
}

TEST(Reshape, RefusesAnotherNumberOfElements) {
  EXPECT_THROW(reshape({7}).output_shape(std::vector<Shape>{{2, 3, 2}}), Error);
}

TEST(Reshape, RefusesAnInputWithoutABatchAxis) {
  EXPECT_THROW(reshape({}).output_shape(std::vector<Shape>{Shape()}), Error);
}

}  // namespace
}  // namespace antler::ops
