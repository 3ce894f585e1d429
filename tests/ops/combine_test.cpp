#include "antler/ops/combine.h"

#include <gmock/gmock.h>

#include <numeric>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;
using Kind = Combine::Kind;

Combine combine(Kind kind) {
  Combine op;
  op.kind = kind;
  return op;
}

std::vector<float> combined(Kind kind, const std::vector<Tensor>& inputs) {
  const Combine op = combine(kind);
  OperationRun run(op, inputs);
  const Tensor& y = run.forward();
  return {y.span().begin(), y.span().end()};
}

TEST(Combine, WorksElementByElement) {
  const std::vector<Tensor> two{Tensor({1, 3}, {1, 5, -2}), Tensor({1, 3}, {4, 2, -3})};
  EXPECT_THAT(combined(Kind::sum, two), ElementsAre(5, 7, -5));
  EXPECT_THAT(combined(Kind::difference, two), ElementsAre(-3, 3, 1));
  EXPECT_THAT(combined(Kind::product, two), ElementsAre(4, 10, 6));
  EXPECT_THAT(combined(Kind::mean, two), ElementsAre(2.5F, 3.5F, -2.5F));
  EXPECT_THAT(combined(Kind::maximum, two), ElementsAre(4, 5, -2));
  EXPECT_THAT(combined(Kind::minimum, two), ElementsAre(1, 2, -3));
}

TEST(Combine, TakesManyInputs) {
  const std::vector<Tensor> three{Tensor({1, 2}, {1, 2}), Tensor({1, 2}, {3, 4}), Tensor({1, 2}, {5, 0})};
  EXPECT_THAT(combined(Kind::mean, three), ElementsAre(3, 2));
  EXPECT_THAT(combined(Kind::maximum, three), ElementsAre(5, 4));
}

TEST(Combine, RepeatsExtentsOfOne) {
  EXPECT_THAT(combined(Kind::sum, {Tensor({2, 1, 2}, {1, 2, 3, 4}), Tensor({2, 2, 1}, {10, 20, 30, 40})}),
              ElementsAre(11, 12, 21, 22, 33, 34, 43, 44));
}

TEST(Combine, CutsNegativeResultsOffWithRelu) {
  for (const Shape& second : {Shape{1, 3}, Shape{1, 1}}) {
    Combine op = combine(Kind::sum);
    op.relu = true;
    OperationRun run(op, {Tensor({1, 3}, {1, -5, 2}), Tensor(second, 3.0F)});
    EXPECT_THAT(run.forward().span(), ElementsAre(4, 0, 5));
    const std::vector<Tensor> gradients = run.backward(Tensor({1, 3}, {1, 2, 3}));
    EXPECT_THAT(gradients[0].span(), ElementsAre(1, 0, 3));
    EXPECT_EQ(std::reduce(gradients[1].span().begin(), gradients[1].span().end()), 4.0F);
  }
}

TEST(Combine, HasTheGradientsOfItsForward) {
  for (Kind kind : {Kind::sum, Kind::product, Kind::mean, Kind::maximum, Kind::minimum}) {
    check_gradients(combine(kind),
                    {random_tensor({2, 3, 4}, 1), random_tensor({2, 3, 4}, 2), random_tensor({2, 1, 4}, 3)});
    check_gradients(combine(kind), {random_tensor({2, 3, 4}, 1), random_tensor({2, 3, 4}, 2)});
  }
  check_gradients(combine(Kind::difference), {random_tensor({2, 3, 4}, 1), random_tensor({2, 3, 1}, 2)});
}

TEST(Combine, GivesTheGradientOfEqualInputsToTheFirst) {
  const Combine op = combine(Kind::maximum);
  OperationRun run(op, {Tensor({1, 1}, {2}), Tensor({1, 1}, {2})});
  run.forward();
  const std::vector<Tensor> gradients = run.backward(Tensor({1, 1}, {3}));
  EXPECT_EQ(gradients[0][0], 3.0F);
  EXPECT_EQ(gradients[1][0], 0.0F);
}

TEST(Combine, RefusesShapesThatDoNotFit) {
  const std::vector<Shape> shapes{{2, 3}, {2, 4}};
  EXPECT_THROW(combine(Kind::sum).output_shape(shapes), Error);
  const std::vector<Shape> three{{2, 3}, {2, 3}, {2, 3}};
  EXPECT_THROW(combine(Kind::difference).output_shape(three), Error);
}

}  // namespace
}  // namespace antler::ops
