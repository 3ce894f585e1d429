#include "antler/ops/pooling.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;

const Tensor ramp({1, 3, 4, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});

Pooling average() {
  Pooling op;
  op.kind = Pooling::Kind::average;
  return op;
}

TEST(Pooling, TakesTheLargestOfEachWindowAndLeavesOutTheRest) {
  const Pooling op;
  OperationRun run(op, {ramp});
  EXPECT_EQ(run.forward().shape(), Shape({1, 1, 2, 1}));
  EXPECT_THAT(run.forward().span(), ElementsAre(6, 8));
}

TEST(Pooling, TakesTheMeanOfEachWindow) {
  const Pooling op = average();
  OperationRun run(op, {ramp});
  EXPECT_THAT(run.forward().span(), ElementsAre(3.5F, 5.5F));
}

TEST(Pooling, DoesNotCountPadding) {
  Pooling op = average();
  op.pad_bottom = 1;
  OperationRun run(op, {ramp});
  EXPECT_THAT(run.forward().span(), ElementsAre(3.5F, 5.5F, 9.5F, 11.5F));
  op.kind = Pooling::Kind::max;
  OperationRun max(op, {Tensor({1, 1, 2, 1}, {-3, -2})});
  EXPECT_THAT(max.forward().span(), ElementsAre(-2));
}

TEST(Pooling, SendsTheGradientOfAMaximumToTheFirstThatAttainsIt) {
  const Pooling op;
  OperationRun run(op, {Tensor({1, 2, 2, 1}, {1, 5, 5, 5})});
  run.forward();
  EXPECT_THAT(run.backward(Tensor({1, 1, 1, 1}, {3}))[0].span(), ElementsAre(0, 3, 0, 0));
}

TEST(Pooling, HasTheGradientsOfItsForward) {
  for (Pooling::Kind kind : {Pooling::Kind::max, Pooling::Kind::average}) {
    Pooling op;
    op.kind = kind;
    check_gradients(op, {random_tensor({2, 5, 7, 3}, 1)});
    op.pool_height = 3;
    op.stride_width = 1;
    op.pad_top = op.pad_right = 1;
    check_gradients(op, {random_tensor({2, 5, 7, 3}, 1)});
  }
}

TEST(Pooling, TakesASequenceForAnImageOfOneRow) {
  for (Pooling::Kind kind : {Pooling::Kind::max, Pooling::Kind::average}) {
    Pooling op;
    op.kind = kind;
    op.pool_height = op.stride_height = op.stride_width = 1;
    op.pool_width = 3;
    op.pad_left = 1;
    OperationRun sequence(op, {ramp.reshape({2, 6, 1})});
    OperationRun image(op, {ramp.reshape({2, 1, 6, 1})});
    EXPECT_EQ(sequence.forward().shape(), Shape({2, 5, 1}));
    EXPECT_THAT(sequence.forward().span(), testing::ElementsAreArray(image.forward().span()));
    check_gradients(op, {random_tensor({2, 6, 3}, 1)});
  }
}

TEST(Pooling, RefusesWindowsLargerThanTheImage) {
  const std::vector<Shape> shapes{{1, 1, 4, 2}};
  EXPECT_THROW(Pooling{}.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
