// How a batch's losses become one number; the expected ones are those of Keras 3.15.1.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/graph/plan.h"
#include "antler/losses/losses.h"

namespace antler::losses {
namespace {

const Tensor shares({2, 3}, {0, 1, 0, 0.5F, 0.25F, 0.25F});
const Tensor bits({2, 3}, {0, 1, 1, 1, 0, 1});
const Tensor probabilities({2, 3}, {0.2F, 0.5F, 0.3F, 0.9F, 0.05F, 0.4F});
const Tensor numbers({2, 3}, {1.5F, -0.5F, 2, 0.25F, -3, 0.75F});
const Tensor cube({2, 2, 3}, {0, 0.25F, 0.5F, 0.75F, 1, 0, 0.25F, 0.5F, 0.75F, 1, 0, 0.25F});
const Tensor guessed_cube({2, 2, 3},
                          {0.100000001F, 0.63846153F, 0.330769241F, 0.869230747F, 0.561538458F, 0.253846169F,
                           0.792307675F, 0.484615386F, 0.176923081F, 0.715384603F, 0.407692313F, 0.1F});

struct Reduced {
  double loss;
  std::vector<float> shares;
};

Reduced reduced(const Loss& loss, const Tensor& y_true, const Tensor& y_pred,
                const std::vector<float>& sample_weights = {}) {
  graph::Graph graph;
  const graph::Value targets = graph.input(y_true.shape());
  const graph::Value predictions = graph.input(y_pred.shape());
  const graph::Value values = loss.lower(graph, targets, predictions);
  graph::Plan plan(std::move(graph), {.outputs = {values}, .seeds = {}});
  plan.bind(targets, y_true.data());
  plan.bind(predictions, y_pred.data());
  plan.forward({});
  const BatchLosses batch{
      .values = plan.value(values), .y_true = y_true.view(), .sample_weights = sample_weights};
  Reduced result{.loss = loss.reduce(batch), .shares = std::vector<float>(plan.value(values).span().size())};
  loss.shares(batch, result.shares);
  return result;
}

double value(const Loss& loss, const Tensor& y_true, const Tensor& y_pred,
             const std::vector<float>& sample_weights = {}) {
  return reduced(loss, y_true, y_pred, sample_weights).loss;
}

Loss mse(Reduction reduction) {
  return MeanSquaredError({.reduction = reduction});
}

TEST(Reduction, IsTheMeanUnlessItIsSaidOtherwise) {
  EXPECT_NEAR(value("mse", shares, numbers), 3.2291665077209473, 1e-6);
  EXPECT_NEAR(value("mse", shares, numbers, {0.5F, 2}), 4.333333492279053, 1e-6);
  EXPECT_NEAR(value(mse(Reduction::mean), shares, numbers, {0.5F, 2}), 4.333333492279053, 1e-6);
}

TEST(Reduction, MayBeTheSum) {
  EXPECT_NEAR(value(mse(Reduction::sum), shares, numbers), 6.4583330154418945, 1e-6);
  EXPECT_NEAR(value(mse(Reduction::sum), shares, numbers, {0.5F, 2}), 8.666666984558105, 1e-6);
  EXPECT_NEAR(value(mse(Reduction::sum), cube, guessed_cube), 0.450971394777298, 1e-6);
}

TEST(Reduction, MayDivideByTheWeights) {
  EXPECT_NEAR(value(mse(Reduction::mean_with_sample_weight), shares, numbers), 3.2291665077209473, 1e-6);
  EXPECT_NEAR(value(mse(Reduction::mean_with_sample_weight), shares, numbers, {0.5F, 2}), 3.4666666984558105,
              1e-6);
}

TEST(Reduction, TakesAWeightForEachValue) {
  const std::vector<float> weights = {0.5F, 1, 2, 0};
  EXPECT_NEAR(value("mse", cube, guessed_cube, weights), 0.13426467776298523, 1e-6);
  EXPECT_NEAR(value(mse(Reduction::mean_with_sample_weight), cube, guessed_cube, weights),
              0.15344534814357758, 1e-6);
}

TEST(Reduction, LeavesAnIgnoredClassOut) {
  const Tensor classes({3}, {1, 2, 0});
  const Tensor logits({3, 3}, {1.5F, -0.5F, 2, 0.25F, -3, 0.75F, 1.5F, -0.5F, 2});
  const auto sparse = [](Reduction reduction) {
    return SparseCategoricalCrossentropy({.from_logits = true, .ignore_class = 2, .reduction = reduction});
  };
  EXPECT_NEAR(value(sparse(Reduction::sum_over_batch_size), classes, logits), 2.023909330368042, 1e-6);
  EXPECT_NEAR(value(sparse(Reduction::sum_over_batch_size), classes, logits, {1, 2, 3}), 3.047818183898926,
              1e-6);
  EXPECT_NEAR(value(sparse(Reduction::sum), classes, logits, {1, 2, 3}), 6.095636367797852, 1e-5);
  EXPECT_NEAR(value(sparse(Reduction::mean_with_sample_weight), classes, logits, {1, 2, 3}),
              1.523909091949463, 1e-6);
  EXPECT_EQ(value(sparse(Reduction::mean), Tensor({3}, {2, 2, 2}), logits), 0.0);
}

TEST(Reduction, OfCircleIsOverSamplesThatHaveALoss) {
  const Tensor embeddings({4, 2}, {0.6F, 0.8F, 0.8F, 0.6F, -0.6F, 0.8F, 1, 0});
  const Tensor classes({4}, {0, 0, 1, 2});
  EXPECT_NEAR(value(Circle({.gamma = 4}), classes, embeddings), 1.265344500541687, 2e-6);
  EXPECT_NEAR(value(Circle({.gamma = 4, .reduction = Reduction::sum}), classes, embeddings),
              2.530689001083374, 4e-6);
}

TEST(Reduction, OfOneLossForTheBatchWeighsItByEachSample) {
  EXPECT_NEAR(value(Dice(), bits, probabilities), 0.3385826349258423, 1e-6);
  EXPECT_NEAR(value(Dice(), bits, probabilities, {0.5F, 2}), 0.42322829365730286, 1e-6);
  EXPECT_NEAR(value(Dice({.reduction = Reduction::sum}), bits, probabilities, {0.5F, 2}), 0.8464565873146057,
              1e-6);
  EXPECT_NEAR(value(Dice({.reduction = Reduction::mean_with_sample_weight}), bits, probabilities, {0.5F, 2}),
              0.3385826349258423, 1e-6);
}

TEST(Reduction, ThatIsNoneReportsTheMeanAndTrainsOnTheSum) {
  const Reduced found = reduced(mse(Reduction::none), shares, numbers, {0.5F, 2});
  EXPECT_NEAR(found.loss, 4.333333492279053, 1e-6);
  EXPECT_THAT(found.shares, testing::ElementsAre(0.5F, 2));
}

TEST(Reduction, RefusesWeightsThatDoNotFit) {
  EXPECT_THAT(
      [] {
        value("mse", cube, guessed_cube, {1, 2, 3});
      },
      testing::ThrowsMessage<Error>(
          testing::HasSubstr("there are 3 sample weights for losses of shape (2, 2)")));
}

TEST(LossAxis, OfCrossentropiesMayBeAnyOfASample) {
  const auto values = [](const Loss& loss) {
    graph::Graph graph;
    const graph::Value targets = graph.input(cube.shape());
    const graph::Value predictions = graph.input(cube.shape());
    const graph::Value value = loss.lower(graph, targets, predictions);
    graph::Plan plan(std::move(graph), {.outputs = {value}, .seeds = {}});
    plan.bind(targets, cube.data());
    plan.bind(predictions, guessed_cube.data());
    plan.forward({});
    const std::span<const float> found = plan.value(value).span();
    return std::vector<float>(found.begin(), found.end());
  };
  using testing::FloatNear;
  using testing::Pointwise;
  EXPECT_THAT(values(CategoricalCrossentropy({.label_smoothing = 0.3, .axis = 1})),
              Pointwise(FloatNear(2e-6F),
                        {0.295192093F, 0.78104651F, 0.33971253F, 0.773343265F, 0.353034765F, 0.560122073F}));
  EXPECT_THAT(values(BinaryCrossentropy({.axis = 1})),
              Pointwise(FloatNear(2e-6F),
                        {0.359525383F, 0.726144254F, 0.523401916F, 0.785954714F, 0.608674884F, 1.00118661F}));
  EXPECT_THAT(values(CosineSimilarity({.axis = -2})),
              Pointwise(FloatNear(2e-6F), {-0.993447363F, -0.822823703F, -0.793309391F, -0.83016336F,
                                           -0.765226066F, -0.981490493F}));
  EXPECT_THROW(values(CosineSimilarity({.axis = 0})), Error);
  EXPECT_THROW(values(CosineSimilarity({.axis = 3})), Error);
}

}  // namespace
}  // namespace antler::losses
