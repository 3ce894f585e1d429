#include "antler/ops/prelu.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/core/threads.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::FloatNear;
using testing::Pointwise;

const Tensor samples({2, 2, 2}, {-1, 2, -3, 0, 4, -5, -0.5F, -6});

// Numbers from keras.layers.PReLU(shared_axes=[1]) of Keras 3.15 with TensorFlow 2.21.
TEST(PRelu, HasTheValuesAndGradientsOfKerasWithASharedAxis) {
  const PRelu op;
  OperationRun run(op, {samples, Tensor({1, 2}, {0.1F, 0.25F})});
  EXPECT_THAT(run.forward().span(),
              Pointwise(FloatEq(), {-0.1F, 2.0F, -0.3F, 0.0F, 4.0F, -1.25F, -0.05F, -1.5F}));
  const std::vector<Tensor> gradients = run.backward(Tensor({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_THAT(gradients[0].span(), Pointwise(FloatEq(), {0.1F, 2.0F, 0.3F, 0.0F, 5.0F, 1.5F, 0.7F, 2.0F}));
  EXPECT_THAT(gradients[1].span(), ElementsAre(-13.5F, -78.0F));
}

TEST(PRelu, GivesEveryElementItsOwnSlopeWhereNoAxisIsShared) {
  const PRelu op;
  OperationRun run(op, {Tensor({2, 3}, {-1, -1, 1, -2, 2, -2}), Tensor({3}, {0.5F, 2, 4})});
  EXPECT_THAT(run.forward().span(), ElementsAre(-0.5F, -2, 1, -1, 2, -8));
  EXPECT_THAT(run.backward(Tensor({2, 3}, 1.0F))[1].span(), ElementsAre(-3, -1, -2));
}

// alpha's shapes for x of (3, 4, 5, 6).
class PReluShape : public testing::TestWithParam<Shape> {
 protected:
  std::vector<Tensor> inputs(int64_t batch) const {
    return {random_tensor({batch, 4, 5, 6}, 1), random_tensor(GetParam(), 2)};
  }
};
INSTANTIATE_TEST_SUITE_P(PRelu, PReluShape,
                         testing::Values(Shape{4, 5, 6}, Shape{1, 1, 6}, Shape{1, 5, 6}, Shape{4, 1, 6},
                                         Shape{4, 5, 1}, Shape{4, 1, 1}, Shape{1, 5, 1}, Shape{1, 1, 1}));

TEST_P(PReluShape, MultipliesNegativeElementsByTheirSlope) {
  const std::vector<Tensor> all = inputs(3);
  const Shape& alpha = GetParam();
  Tensor expected = all[0];
  for (int64_t i = 0; i < expected.size(); ++i) {
    const int64_t row = i / 30 % 4 % alpha[0];
    const int64_t column = i / 6 % 5 % alpha[1];
    const int64_t channel = i % 6 % alpha[2];
    const float slope = all[1][(row * alpha[1] + column) * alpha[2] + channel];
    if (expected[i] < 0.0F) expected[i] *= slope;
  }
  const PRelu op;
  OperationRun run(op, all);
  EXPECT_THAT(run.forward().span(), Pointwise(FloatEq(), expected.span()));
}

TEST_P(PReluShape, HasTheGradientsOfItsForward) {
  check_gradients(PRelu{}, inputs(3));
}

TEST_P(PReluShape, GivesTheSameOnOneThreadAndOnThree) {
  const std::vector<Tensor> all = inputs(200);
  const auto run_on = [&](int count) {
    const Threads set(count);
    const PRelu op;
    OperationRun run(op, all);
    run.forward();
    return run.backward(all[0]);
  };
  const std::vector<Tensor> one = run_on(1);
  const std::vector<Tensor> three = run_on(3);
  EXPECT_THAT(three[0].span(), Pointwise(FloatEq(), one[0].span()));
  EXPECT_THAT(three[1].span(), Pointwise(FloatNear(0.05F), one[1].span()));
}

TEST(PRelu, ComputesOnlyTheGradientsThatSomebodyNeeds) {
  const PRelu op;
  const Tensor alpha({1, 2}, {0.1F, 0.25F});
  const std::vector<ConstView> inputs{samples.view(), alpha.view()};
  const std::vector<Shape> shapes{samples.shape(), alpha.shape()};
  std::vector<float> scratch(static_cast<size_t>(op.scratch_floats(shapes)));
  Tensor dx(samples.shape());
  Tensor dalpha(alpha.shape());
  const auto backward = [&](const std::vector<View>& gradients) {
    op.backward({.inputs = inputs,
                 .output = {},
                 .output_gradient = samples.view(),
                 .input_gradients = gradients,
                 .saved = {},
                 .scratch = scratch,
                 .random = {}});
  };
  backward({{nullptr, samples.shape()}, dalpha.view()});
  EXPECT_THAT(dalpha.span(), ElementsAre(1 + 9 + 0.25F, 25 + 36));
  backward({dx.view(), {nullptr, alpha.shape()}});
  EXPECT_THAT(dx.span(), Pointwise(FloatEq(), {-0.1F, 2.0F, -0.3F, 0.0F, 4.0F, -1.25F, -0.05F, -1.5F}));
}

TEST(PRelu, RefusesSlopesForAnotherShape) {
  const PRelu op;
  EXPECT_THROW(op.output_shape(std::vector<Shape>{{2, 3, 4}, {3, 5}}), Error);
  EXPECT_THROW(op.output_shape(std::vector<Shape>{{2, 3, 4}, {4}}), Error);
}

}  // namespace
}  // namespace antler::ops
