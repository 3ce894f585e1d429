#include "antler/ops/reduction.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;

Reduction reduction(Reduction::Kind kind) {
  Reduction op;
  op.kind = kind;
  return op;
}

TEST(Reduction, LeavesANumberAChannel) {
  const Tensor x({1, 2, 2, 2}, {1, 10, 2, 20, 3, 30, 6, 0});
  const Reduction mean = reduction(Reduction::Kind::mean);
  const Reduction maximum = reduction(Reduction::Kind::maximum);
  EXPECT_THAT(OperationRun(mean, {x}).forward().span(), ElementsAre(3, 15));
  EXPECT_THAT(OperationRun(maximum, {x}).forward().span(), ElementsAre(6, 30));
}

TEST(Reduction, SharesTheGradientOfAMaximumAmongThoseThatAttainIt) {
  const Reduction op = reduction(Reduction::Kind::maximum);
  OperationRun run(op, {Tensor({1, 3, 1}, {4, 1, 4})});
  run.forward();
  EXPECT_THAT(run.backward(Tensor({1, 1}, {6}))[0].span(), ElementsAre(3, 0, 3));
}

TEST(Reduction, HasTheGradientsOfItsForward) {
  check_gradients(reduction(Reduction::Kind::mean), {random_tensor({2, 3, 4, 5}, 1)});
  check_gradients(reduction(Reduction::Kind::maximum), {random_tensor({2, 7, 5}, 1)});
}

TEST(Reduction, RefusesWhatHasNoAxesToPoolOver) {
  const std::vector<Shape> shapes{{2, 3}};
  EXPECT_THROW(Reduction{}.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
