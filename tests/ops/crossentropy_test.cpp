// The expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU), gradients by tf.GradientTape.
#include "antler/ops/crossentropy.h"

#include <gmock/gmock.h>

#include <limits>

#include "antler/core/error.h"
#include "tests/ops/loss_check.h"

namespace antler::ops {
namespace {

const Tensor shares({2, 3}, {0, 1, 0, 0.5F, 0.25F, 0.25F});
const Tensor probabilities({2, 3}, {0.2F, 0.5F, 0.3F, 0.9F, 0.0F, 0.4F});
const Tensor logits({2, 3}, {1.5F, -0.5F, 2.0F, 0.25F, -3.0F, 0.75F});
const float nan = std::numeric_limits<float>::quiet_NaN();

Crossentropy dense(bool from_logits, double label_smoothing = 0.0) {
  Crossentropy operation;
  operation.from_logits = from_logits;
  operation.label_smoothing = label_smoothing;
  return operation;
}

Crossentropy sparse(bool from_logits) {
  Crossentropy operation = dense(from_logits);
  operation.sparse = true;
  return operation;
}

TEST(Crossentropy, OfLogitsIsKerass) {
  expect_loss(dense(true), shares, logits, {3.02390909F, 1.67610967F},
              {0.35918811F, -0.951389194F, 0.592201054F, -0.127906352F, -0.235572368F, 0.36347872F});
}

TEST(Crossentropy, OfLogitsSmoothsLabels) {
  expect_loss(dense(true, 0.1), shares, logits, {2.87390924F, 1.69902635F},
              {0.325854778F, -0.884722531F, 0.558867693F, -0.111239672F, -0.243905693F, 0.355145395F});
}

TEST(Crossentropy, OfLogitsTakesTargetsThatDoNotSumToOneAsTensorFlowDoes) {
  expect_loss(dense(true), Tensor({2, 3}, {0, 2, 0, 1, 0.5F, 0.5F}), logits, {6.04781818F, 3.35221934F},
              {0.35918811F, -1.95138919F, 0.592201054F, -0.627906322F, -0.485572368F, 0.11347872F});
}

TEST(Crossentropy, OfProbabilitiesIsKerass) {
  expect_loss(dense(false), shares, probabilities, {0.693147182F, 4.50804996F},
              {1, -1, 1, 0.0213675499F, 0.576923132F, -0.0480768681F});
}

TEST(Crossentropy, OfProbabilitiesSmoothsLabels) {
  expect_loss(dense(false, 0.1), shares, probabilities, {0.740717709F, 4.64606047F},
              {0.833333313F, -0.866666675F, 0.888888896F, 0.0334758162F, 0.570512831F, -0.0753204226F});
}

TEST(Crossentropy, OfClassNumbersAndLogitsIsKerass) {
  expect_loss(sparse(true), Tensor({2}, {1, 2}), logits, {3.02390909F, 0.488609701F},
              {0.35918811F, -0.951389194F, 0.592201054F, 0.372093648F, 0.0144276368F, -0.38652128F});
}

TEST(Crossentropy, OfClassNumbersAndProbabilitiesIsKerass) {
  expect_loss(sparse(false), Tensor({2}, {1, 2}), probabilities, {0.693147182F, 1.17865503F},
              {0.99999994F, -1, 0.99999994F, 0.769230723F, 0, -1.73076928F});
}

TEST(Crossentropy, OfAClassOfProbabilityZeroHasNoGradientBelowTheClip) {
  expect_loss(sparse(false), Tensor({2}, {1, 1}), probabilities, {0.693147182F, 16.3804607F},
              {0.99999994F, -1, 0.99999994F, 0.769230723F, 0, 0.769230723F});
}

TEST(Crossentropy, TakesClassNumbersOfAnyShapeAndCutsOffFractions) {
  expect_loss(sparse(true), Tensor({2, 1}, {1.5F, 2.75F}), logits, {3.02390909F, 0.488609701F},
              {0.35918811F, -0.951389194F, 0.592201054F, 0.372093648F, 0.0144276368F, -0.38652128F});
}

TEST(Crossentropy, StaysFiniteForLargeLogits) {
  expect_loss(dense(true), Tensor({1, 2}, {0, 1}), Tensor({1, 2}, {300, -300}), {600}, {1, -1});
}

TEST(Crossentropy, IsNaNForANumberThatIsNoClass) {
  for (bool from_logits : {true, false}) {
    for (float label : {-1.0F, 3.0F, 1e30F, nan}) {
      const Crossentropy operation = sparse(from_logits);
      OperationRun run(operation, {Tensor({2}, {label, 0}), probabilities});
      EXPECT_TRUE(std::isnan(run.forward()[0])) << label;
      EXPECT_FALSE(std::isnan(run.forward()[1])) << label;
      const Tensor gradient = run.backward(Tensor({2}, 1.0F))[1];
      EXPECT_TRUE(std::isnan(gradient[0])) << label;
      EXPECT_FALSE(std::isnan(gradient[3])) << label;
    }
  }
}

TEST(Crossentropy, LetsNaNThrough) {
  const Tensor broken({2, 3}, {nan, 0.5F, 0.25F, 0.5F, 0.25F, 0.25F});
  for (bool from_logits : {true, false}) {
    const Crossentropy operation = dense(from_logits);
    OperationRun run(operation, {shares, broken});
    EXPECT_TRUE(std::isnan(run.forward()[0]));
    EXPECT_FALSE(std::isnan(run.forward()[1]));
  }
}

TEST(Crossentropy, GivesANumberForEachRowOfASample) {
  const Crossentropy operation = dense(true);
  OperationRun run(operation, {Tensor({1, 2, 3}, shares.span()), Tensor({1, 2, 3}, logits.span())});
  EXPECT_EQ(run.forward().shape(), Shape({1, 2}));
  EXPECT_NEAR(run.forward()[1], 1.67610967, 1e-6);
  EXPECT_NEAR(run.backward(Tensor({1, 2}, 1.0F))[1][0], 0.35918811, 1e-6);
}

TEST(Crossentropy, OfAnIgnoredClassIsZero) {
  for (bool from_logits : {true, false}) {
    Crossentropy operation = sparse(from_logits);
    operation.ignored_class = -1.0F;
    OperationRun run(operation, {Tensor({2}, {-1, 0}), probabilities});
    EXPECT_EQ(run.forward()[0], 0.0F);
    EXPECT_GT(run.forward()[1], 0.0F);
    const Tensor gradient = run.backward(Tensor({2}, 1.0F))[1];
    EXPECT_EQ(gradient[0], 0.0F);
    EXPECT_NE(gradient[3], 0.0F);
  }
}

TEST(Crossentropy, IsTheSameForManySamplesOnManyThreads) {
  const Tensor scores = random_tensor({700, 10}, 1);
  Tensor labels({700});
  for (int64_t i = 0; i < 700; ++i) labels[i] = static_cast<float>(i % 10);
  const Crossentropy operation = sparse(true);
  OperationRun run(operation, {labels, scores});
  const Tensor losses = run.forward();
  for (int64_t i = 0; i < 700; ++i) {
    double sum = 0.0;
    for (int64_t c = 0; c < 10; ++c) sum += std::exp(double{scores[i * 10 + c]});
    ASSERT_NEAR(losses[i], std::log(sum) - scores[i * 10 + i % 10], 1e-5);
  }
}

TEST(Crossentropy, RefusesShapesThatDoNotFit) {
  const std::vector<Shape> classes{{2, 3}, {2, 4}};
  EXPECT_THAT(
      [&] { (void)dense(true).output_shape(classes); },
      testing::ThrowsMessage<Error>("softmax categorical crossentropy: targets of shape (2, 3) do not fit "
                                    "predictions of shape (2, 4)"));
  EXPECT_THROW((void)sparse(true).output_shape(classes), Error);
}

}  // namespace
}  // namespace antler::ops
