#include "antler/ops/softmax.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::Pointwise;

Softmax softmax(int axis, bool logarithm) {
  Softmax op;
  op.axis = axis;
  op.logarithm = logarithm;
  return op;
}

// The formula of the header, in double precision.
Tensor plain_softmax(const Softmax& op, const Tensor& x) {
  Tensor y(x.shape());
  const int axis = x.shape().checked_axis(op.axis);
  int64_t step = 1;
  for (int i = axis + 1; i < x.shape().rank(); ++i) step *= x.shape()[i];
  const int64_t count = x.shape()[axis];
  for (int64_t first = 0; first < x.size(); ++first) {
    if (first / step % count != 0) continue;
    double largest = -HUGE_VAL;
    double sum = 0.0;
    for (int64_t k = 0; k < count; ++k) largest = std::max(largest, double{x[first + k * step]});
    for (int64_t k = 0; k < count; ++k) sum += std::exp(double{x[first + k * step]} - largest);
    for (int64_t k = 0; k < count; ++k) {
      const double logarithm = double{x[first + k * step]} - largest - std::log(sum);
      y[first + k * step] = static_cast<float>(op.logarithm ? logarithm : std::exp(logarithm));
    }
  }
  return y;
}

class SoftmaxAxis : public testing::TestWithParam<std::tuple<Shape, int, bool>> {
 protected:
  Softmax op() const { return softmax(std::get<1>(GetParam()), std::get<2>(GetParam())); }
  Tensor x(float stddev) const { return random_tensor(std::get<0>(GetParam()), 1, 0.0F, stddev); }
};
INSTANTIATE_TEST_SUITE_P(Softmax, SoftmaxAxis,
                         testing::Combine(testing::Values(Shape{4, 10}, Shape{2, 33, 21}, Shape{70, 300}),
                                          testing::Values(-1, 0, 1), testing::Bool()));

TEST_P(SoftmaxAxis, AgreesWithThePlainFormula) {
  const Tensor input = x(10.0F);
  const Softmax softmax = op();
  OperationRun run(softmax, {input});
  EXPECT_THAT(run.forward().span(),
              Pointwise(FloatNear(softmax.logarithm ? 1e-5F : 1e-6F), plain_softmax(softmax, input).span()));
}

TEST_P(SoftmaxAxis, HasTheGradientOfItsForward) {
  check_gradients(op(), {x(1.0F)});
}

const Tensor scores({2, 3}, {1, 2, -3, 0.5F, 0, 100});
const Tensor weights({2, 3}, {1, -2, 0.5F, 3, 1, -1});

// Numbers from Keras 3.15 with TensorFlow 2.21.
TEST(Softmax, HasTheValuesAndGradientOfKeras) {
  const Softmax op;
  OperationRun run(op, {scores});
  EXPECT_THAT(run.forward().span(),
              Pointwise(FloatNear(1e-6F), {0.26762316F, 0.72747511F, 0.0049016885F, 0.0F, 0.0F, 1.0F}));
  EXPECT_THAT(run.backward(weights)[0].span(),
              Pointwise(FloatNear(1e-6F), {0.58472347F, -0.59298229F, 0.0082587386F, 0.0F, 0.0F, 0.0F}));
}

TEST(Softmax, HasTheLogarithmAndGradientOfKeras) {
  const Softmax op = softmax(0, true);
  OperationRun run(op, {scores});
  run.forward();
  EXPECT_THAT(run.backward(weights)[0].span(),
              Pointwise(FloatNear(2e-6F), {-1.4898374F, -1.1192030F, 0.5F, 1.4898373F, 1.1192029F, -0.5F}));
}

TEST(Softmax, StandsScoresWhoseExponentialsOverflow) {
  const Softmax op;
  OperationRun run(op, {Tensor({1, 3}, {-1e30F, 1e30F, 1e30F})});
  EXPECT_THAT(run.forward().span(), testing::ElementsAre(0.0F, 0.5F, 0.5F));
}

TEST(Softmax, TurnsALineWithNaNIntoNaN) {
  for (const bool logarithm : {false, true}) {
    for (const int axis : {0, 1}) {
      const Softmax op = softmax(axis, logarithm);
      OperationRun run(op, {Tensor(axis == 0 ? Shape{3, 1} : Shape{1, 3}, {1, std::nanf(""), 2})});
      EXPECT_THAT(run.forward().span(), Each(testing::IsNan())) << axis << logarithm;
    }
  }
}

TEST(Softmax, RefusesAnAxisThatTheInputDoesNotHave) {
  const std::vector<Shape> shapes{{2, 3}};
  EXPECT_THROW(softmax(2, false).output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
