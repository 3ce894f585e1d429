#include "antler/ops/normalization.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::FloatNear;
using testing::Pointwise;

struct Statistics {
  std::vector<double> mean;
  std::vector<double> variance;
};

// The index along `axis` of an element of a tensor of `shape`.
int64_t channel_of(const Shape& shape, int axis, int64_t flat) {
  for (int i = shape.rank() - 1; i > axis; --i) flat /= shape[i];
  return flat % shape[axis];
}

Statistics plain_statistics(const Tensor& x, int axis) {
  const auto channels = static_cast<size_t>(x.shape()[axis]);
  const double count = static_cast<double>(x.size()) / static_cast<double>(channels);
  Statistics found{std::vector<double>(channels), std::vector<double>(channels)};
  const auto channel = [&](int64_t i) { return static_cast<size_t>(channel_of(x.shape(), axis, i)); };
  for (int64_t i = 0; i < x.size(); ++i) found.mean[channel(i)] += double{x[i]} / count;
  for (int64_t i = 0; i < x.size(); ++i) {
    found.variance[channel(i)] += std::pow(double{x[i]} - found.mean[channel(i)], 2) / count;
  }
  return found;
}

std::vector<Tensor> inputs_for(const Shape& shape, int axis) {
  const Shape channels{shape[axis]};
  return {random_tensor(shape, 1, 3.0F, 2.0F), random_tensor(channels, 2, 1.0F, 0.3F),
          random_tensor(channels, 3)};
}

std::vector<Tensor> moving(int64_t channels) {
  return {Tensor({channels}, 0.5F), Tensor({channels}, 2.0F)};
}

class NormalizedAxis : public testing::TestWithParam<std::tuple<int, bool>> {
 protected:
  const Shape shape{6, 5, 7, 3};
  int axis() const { return std::get<0>(GetParam()); }
  BatchNormalization op() const {
    BatchNormalization made;
    made.axis = axis();
    made.training = std::get<1>(GetParam());
    made.epsilon = 1e-3F;
    made.momentum = 0.9F;
    return made;
  }
};
INSTANTIATE_TEST_SUITE_P(BatchNormalization, NormalizedAxis,
                         testing::Combine(testing::Values(1, 2, 3), testing::Bool()));

TEST_P(NormalizedAxis, AgreesWithThePlainFormula) {
  const std::vector<Tensor> inputs = inputs_for(shape, axis());
  const BatchNormalization normalization = op();
  OperationRun run(normalization, inputs, moving(shape[axis()]));
  const Tensor& y = run.forward();
  const Statistics batch = plain_statistics(inputs[0], axis());
  Tensor expected(shape);
  for (int64_t i = 0; i < expected.size(); ++i) {
    const int64_t c = channel_of(shape, axis(), i);
    const double mean = normalization.training ? batch.mean[static_cast<size_t>(c)] : 0.5;
    const double variance = normalization.training ? batch.variance[static_cast<size_t>(c)] : 2.0;
    expected[i] =
        static_cast<float>((double{inputs[0][i]} - mean) / std::sqrt(variance + 1e-3) * double{inputs[1][c]} +
                           double{inputs[2][c]});
  }
  EXPECT_THAT(y.span(), Pointwise(FloatNear(1e-5F), expected.span()));
}

TEST_P(NormalizedAxis, HasTheGradientsOfItsForward) {
  check_gradients(op(), inputs_for(shape, axis()), moving(shape[axis()]));
}

TEST_P(NormalizedAxis, PoolsInTheSamePassAsItWouldAfterwards) {
  if (axis() == 2) return;  // the graph does not fuse pooling there
  const std::vector<Tensor> inputs = inputs_for(shape, axis());
  const BatchNormalization alone = op();
  BatchNormalization pooled = alone;
  pooled.pooling = Pooling{};
  OperationRun first(alone, inputs, moving(shape[axis()]));
  OperationRun second(*pooled.pooling, {first.forward()});
  OperationRun both(pooled, inputs, moving(shape[axis()]));
  EXPECT_THAT(both.forward().span(), Pointwise(FloatNear(1e-6F), second.forward().span()));
  check_gradients(pooled, inputs, moving(shape[axis()]));
  const Tensor trained = both.forward();
  both.backward_follows = false;
  EXPECT_THAT(both.forward().span(), Pointwise(Eq(), trained.span()));
}

TEST(BatchNormalization, RenewsTheMovingStatisticsInTraining) {
  BatchNormalization op;
  op.training = true;
  op.momentum = 0.75F;
  op.scale = op.center = false;
  OperationRun run(op, {Tensor({2, 1}, {1, 5})}, {Tensor({1}, {7}), Tensor({1}, {8})});
  run.forward();
  EXPECT_THAT(run.state()[0].span(), ElementsAre(FloatNear(0.75F * 7 + 0.25F * 3, 1e-6F)));
  EXPECT_THAT(run.state()[1].span(), ElementsAre(FloatNear(0.75F * 8 + 0.25F * 4, 1e-6F)));
}

TEST(BatchNormalization, LeavesTheMovingStatisticsAloneInInference) {
  BatchNormalization op;
  op.scale = op.center = false;
  OperationRun run(op, {Tensor({2, 1}, {1, 5})}, {Tensor({1}, {7}), Tensor({1}, {8})});
  run.forward();
  EXPECT_THAT(run.state()[0].span(), ElementsAre(7));
  EXPECT_THAT(run.state()[1].span(), ElementsAre(8));
}

TEST(BatchNormalization, KeepsItsAccuracyFarFromZero) {
  BatchNormalization op;
  op.training = true;
  op.epsilon = 0.0F;
  op.scale = op.center = false;
  OperationRun run(op, {Tensor({4, 1}, {10000, 10001, 10002, 10003})}, {Tensor({1}), Tensor({1})});
  const float unit = 1.0F / std::sqrt(1.25F);
  EXPECT_THAT(run.forward().span(),
              Pointwise(FloatNear(1e-2F), std::vector{-1.5F * unit, -0.5F * unit, 0.5F * unit, 1.5F * unit}));
}

TEST(BatchNormalization, RefusesParametersOfAnotherSize) {
  const std::vector<Shape> shapes{{2, 3}, {4}, {3}};
  EXPECT_THROW(BatchNormalization{}.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
