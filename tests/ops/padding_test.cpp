#include "antler/ops/padding.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;

ZeroPadding padding(int64_t top, int64_t bottom, int64_t left, int64_t right) {
  ZeroPadding op;
  op.top = top;
  op.bottom = bottom;
  op.left = left;
  op.right = right;
  return op;
}

TEST(ZeroPadding, PutsZerosAroundEachImage) {
  const ZeroPadding op = padding(1, 0, 1, 2);
  OperationRun run(op, {Tensor({2, 1, 2, 1}, {1, 2, 3, 4})});
  EXPECT_EQ(run.forward().shape(), Shape({2, 2, 5, 1}));
  EXPECT_THAT(run.forward().span(), ElementsAre(0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0));
}

TEST(ZeroPadding, OverwritesWhatWasInTheOutput) {
  const ZeroPadding op = padding(0, 2, 0, 0);
  const Tensor x({1, 1, 2, 1}, {1, 2});
  Tensor y({1, 3, 2, 1}, 7.0F);
  const std::vector<ConstView> inputs{x.view()};
  op.forward({.inputs = inputs, .state = {}, .output = y.view(), .saved = {}, .scratch = {}, .random = {}});
  EXPECT_THAT(y.span(), ElementsAre(1, 2, 0, 0, 0, 0));
}

TEST(ZeroPadding, KeepsChannelsTogether) {
  const ZeroPadding op = padding(0, 0, 1, 0);
  OperationRun run(op, {Tensor({1, 2, 1, 2}, {1, 2, 3, 4})});
  EXPECT_THAT(run.forward().span(), ElementsAre(0, 0, 1, 2, 0, 0, 3, 4));
}

TEST(ZeroPadding, CutsTheZerosOffTheGradient) {
  const ZeroPadding op = padding(1, 1, 0, 1);
  OperationRun run(op, {Tensor({1, 1, 2, 1}, {1, 2})});
  run.forward();
  EXPECT_THAT(run.backward(Tensor({1, 3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}))[0].span(), ElementsAre(4, 5));
}

TEST(ZeroPadding, HasTheGradientOfItsForward) {
  check_gradients(padding(1, 2, 3, 0), {random_tensor({2, 4, 3, 5}, 1)});
  check_gradients(padding(2, 2, 2, 2), {random_tensor({4, 28, 28, 8}, 1)});
}

TEST(ZeroPadding, PutsZerosAroundSequences) {
  const ZeroPadding op = padding(0, 0, 1, 2);
  OperationRun run(op, {Tensor({2, 1, 2}, {1, 2, 3, 4})});
  EXPECT_EQ(run.forward().shape(), Shape({2, 4, 2}));
  EXPECT_THAT(run.forward().span(), ElementsAre(0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0));
  check_gradients(op, {random_tensor({2, 3, 4}, 1)});
}

TEST(ZeroPadding, RefusesWhatIsNoImage) {
  EXPECT_THROW(padding(1, 1, 1, 1).output_shape(std::vector<Shape>{{2, 3}}), Error);
  EXPECT_THROW(padding(1, 1, 1, 1).output_shape(std::vector<Shape>{{2, 3, 4}}), Error);
}

TEST(ZeroPadding, RefusesNegativePadding) {
  EXPECT_THROW(padding(1, -1, 1, 1).output_shape(std::vector<Shape>{{2, 3, 4, 1}}), Error);
}

}  // namespace
}  // namespace antler::ops
