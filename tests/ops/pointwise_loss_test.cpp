// The expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU), gradients by tf.GradientTape.
#include "antler/ops/pointwise_loss.h"

#include <gmock/gmock.h>

#include <limits>

#include "antler/core/error.h"
#include "tests/ops/loss_check.h"

namespace antler::ops {
namespace {

using Function = PointwiseLoss::Function;

const Tensor shares({2, 3}, {0, 1, 0, 0.5F, 0.25F, 0.25F});
const Tensor bits({2, 3}, {0, 1, 1, 1, 0, 1});
const Tensor probabilities({2, 3}, {0.2F, 0.5F, 0.3F, 0.9F, 0.0F, 0.4F});
const Tensor numbers({2, 3}, {1.5F, -0.5F, 2.0F, 0.25F, -3.0F, 0.75F});

PointwiseLoss loss(Function function, double label_smoothing = 0.0) {
  PointwiseLoss operation;
  operation.function = function;
  operation.label_smoothing = label_smoothing;
  return operation;
}

TEST(PointwiseLoss, IsKerassMeanSquaredError) {
  expect_loss(loss(Function::squared_error), shares, numbers, {2.83333325F, 3.625F},
              {1, -1, 1.33333337F, -0.166666672F, -2.16666675F, 0.333333343F});
}

TEST(PointwiseLoss, IsKerassMeanAbsoluteError) {
  expect_loss(loss(Function::absolute_error), shares, numbers, {1.66666663F, 1.33333337F},
              {0.333333343F, -0.333333343F, 0.333333343F, -0.333333343F, -0.333333343F, 0.333333343F});
}

TEST(PointwiseLoss, IsKerassMeanAbsolutePercentageError) {
  expect_loss(loss(Function::absolute_percentage_error), shares, numbers, {1.16666675e+09F, 516.666626F},
              {333333312, -33.3333321F, 333333312, -66.6666641F, -133.333328F, 133.333328F});
}

TEST(PointwiseLoss, IsKerassMeanSquaredLogarithmicError) {
  expect_loss(loss(Function::squared_logarithmic_error), shares, probabilities,
              {0.0616123527F, 0.0395053476F},
              {0.101289697F, -0.127858713F, 0.134545743F, 0.082943432F, 0, 0.0539660454F});
}

TEST(PointwiseLoss, IsKerassLogCosh) {
  expect_loss(loss(Function::log_cosh), shares, numbers, {1.01196098F, 0.903133214F},
              {0.301716089F, -0.301716119F, 0.321342528F, -0.0816395581F, -0.332332522F, 0.154039055F});
}

TEST(PointwiseLoss, IsKerassKLDivergence) {
  expect_loss(loss(Function::kl_divergence), shares, probabilities, {0.693144262F, 3.2715559F},
              {-4.99999999e-07F, -2, -3.33333332e-07F, -0.555555582F, 0, -0.625F});
}

TEST(PointwiseLoss, IsKerassPoisson) {
  expect_loss(loss(Function::poisson), shares, probabilities, {0.564382315F, 1.87042558F},
              {0.333333343F, -0.333333164F, 0.333333343F, 0.148148164F, -833333.062F, 0.125000045F});
}

TEST(PointwiseLoss, IsKerassHingeWhichTranslatesBits) {
  expect_loss(loss(Function::hinge), bits, numbers, {1.33333337F, 0.333333343F},
              {0.333333343F, -0.333333343F, 0, -0.333333343F, 0, -0.333333343F});
}

TEST(PointwiseLoss, IsKerassHingeWhichLeavesOtherTargetsAlone) {
  expect_loss(loss(Function::hinge), shares, numbers, {1.16666663F, 1.14583337F},
              {0, -0.333333343F, 0, -0.166666672F, -0.0833333358F, -0.0833333358F});
}

TEST(PointwiseLoss, IsKerassSquaredHinge) {
  expect_loss(loss(Function::squared_hinge), bits, numbers, {2.83333325F, 0.208333328F},
              {1.66666675F, -1, 0, -0.5F, 0, -0.166666672F});
}

TEST(PointwiseLoss, IsKerassHuber) {
  expect_loss(loss(Function::huber), shares, numbers, {1.16666663F, 0.96875F},
              {0.333333343F, -0.333333343F, 0.333333343F, -0.0833333358F, -0.333333343F, 0.166666672F});
}

TEST(PointwiseLoss, IsKerassHuberOfAnotherDelta) {
  PointwiseLoss huber = loss(Function::huber);
  huber.delta = 0.4F;
  expect_loss(huber, shares, numbers, {0.586666703F, 0.457083344F},
              {0.13333334F, -0.13333334F, 0.13333334F, -0.0833333358F, -0.13333334F, 0.13333334F});
}

TEST(PointwiseLoss, IsKerassBinaryCrossentropyOfProbabilities) {
  expect_loss(loss(Function::binary_crossentropy), bits, probabilities, {0.706754506F, 0.340550452F},
              {0.416666687F, -0.666666687F, -1.11111116F, -0.370370388F, 0, -0.833333373F});
}

TEST(PointwiseLoss, SmoothsTheLabelsOfProbabilities) {
  expect_loss(loss(Function::binary_crossentropy, 0.2), bits, probabilities, {0.724721134F, 0.937545598F},
              {0.208333328F, -0.533333361F, -0.952380955F, -2.08616257e-07F, 0, -0.694444478F});
}

TEST(PointwiseLoss, IsKerassBinaryCrossentropyOfLogits) {
  expect_loss(loss(Function::sigmoid_crossentropy), bits, numbers, {0.93413949F, 0.337132573F},
              {0.272524834F, -0.207486451F, -0.039734304F, -0.145941168F, 0.0158086251F, -0.106940433F});
}

TEST(PointwiseLoss, SmoothsTheLabelsOfLogits) {
  expect_loss(loss(Function::sigmoid_crossentropy, 0.2), bits, numbers, {0.934139431F, 0.470465928F},
              {0.239191502F, -0.174153119F, -0.0064009726F, -0.112607837F, -0.0175247099F, -0.073607102F});
}

TEST(PointwiseLoss, StaysFiniteForLargeLogits) {
  expect_loss(loss(Function::sigmoid_crossentropy), Tensor({2, 1}, {0, 1}), Tensor({2, 1}, {200, -200}),
              {200, 200}, {1, -1});
}

TEST(PointwiseLoss, LetsNaNThroughWhateverTheFormula) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (Function function :
       {Function::absolute_error, Function::absolute_percentage_error, Function::binary_crossentropy,
        Function::hinge, Function::huber, Function::kl_divergence, Function::log_cosh, Function::poisson,
        Function::sigmoid_crossentropy, Function::squared_error, Function::squared_hinge,
        Function::squared_logarithmic_error}) {
    const PointwiseLoss operation = loss(function);
    OperationRun run(operation, {Tensor({2, 1}, {1, 1}), Tensor({2, 1}, {nan, 0.5F})});
    EXPECT_TRUE(std::isnan(run.forward()[0])) << operation.name();
    EXPECT_FALSE(std::isnan(run.forward()[1])) << operation.name();
    EXPECT_FALSE(std::isnan(run.backward(Tensor({2}, 1.0F))[1][1])) << operation.name();
  }
}

TEST(PointwiseLoss, GivesANumberForEachRowOfASample) {
  const Tensor targets = random_tensor({8, 6, 100}, 1);
  const Tensor predictions = random_tensor({8, 6, 100}, 2);
  Tensor flat_targets({48, 100}, targets.span());
  Tensor flat_predictions({48, 100}, predictions.span());
  const PointwiseLoss operation = loss(Function::squared_error);
  OperationRun cubic(operation, {targets, predictions});
  OperationRun flat(operation, {flat_targets, flat_predictions});
  EXPECT_EQ(cubic.forward().shape(), Shape({8, 6}));
  expect_close(cubic.forward(),
               std::vector<float>(flat.forward().span().begin(), flat.forward().span().end()), "loss");
}

TEST(PointwiseLoss, RefusesShapesThatDiffer) {
  const std::vector<Shape> shapes{{2, 3}, {2, 4}};
  EXPECT_THAT([&] { (void)loss(Function::squared_error).output_shape(shapes); },
              testing::ThrowsMessage<Error>(
                  "mean squared error: targets of shape (2, 3) do not fit predictions of shape (2, 4)"));
}

}  // namespace
}  // namespace antler::ops
