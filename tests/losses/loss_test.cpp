// How losses become operations; the expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU).
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/graph/plan.h"
#include "antler/losses/losses.h"
#include "antler/ops/activation.h"
#include "antler/ops/reshape.h"
#include "antler/ops/softmax.h"

namespace antler::losses {
namespace {

using graph::Graph;
using graph::Value;
using testing::FloatNear;
using testing::Pointwise;

const Tensor shares({2, 3}, {0, 1, 0, 0.5F, 0.25F, 0.25F});
const Tensor bits({2, 3}, {0, 1, 1, 1, 0, 1});
const Tensor classes({2}, {1, 2});

enum class Last { nothing, softmax, sigmoid, softmax_and_reshape };

Value activated(Graph& graph, Value x, Last last) {
  if (last == Last::nothing) return x;
  if (last == Last::sigmoid) {
    ops::Activation sigmoid;
    sigmoid.function = ops::Activation::Function::sigmoid;
    return graph.apply(sigmoid, {x});
  }
  const Value y = graph.apply(ops::Softmax(), {x});
  if (last == Last::softmax) return y;
  ops::Reshape same;
  same.shape = graph.shape(x).without_batch();
  return graph.apply(same, {y});
}

// A loss of parameters `x`, which stand for what goes into a model's last activation.
struct LossRun {
  LossRun(const Loss& loss, const Tensor& targets, Tensor predictions, Last last = Last::nothing)
      : x(std::move(predictions)) {
    Graph graph;
    const Value y_true = graph.input(targets.shape());
    const Value start = graph.parameter(x, true);
    const Value y_pred = activated(graph, start, last);
    const Value value = loss.lower(graph, y_true, y_pred);
    graph::Plan plan(std::move(graph), {.outputs = {y_pred, value}, .seeds = {value}});
    plan.bind(y_true, targets.data());
    plan.forward({});
    std::ranges::fill(plan.gradient(value).span(), 1.0F);
    plan.backward({});
    shape = plan.value(value).shape;
    losses.assign(plan.value(value).span().begin(), plan.value(value).span().end());
    gradient.assign(plan.gradient(start).span().begin(), plan.gradient(start).span().end());
  }

  Tensor x;
  Shape shape;
  std::vector<float> losses;
  std::vector<float> gradient;
};

const Tensor numbers({2, 3}, {1.5F, -0.5F, 2.0F, 0.25F, -3.0F, 0.75F});
const std::vector<float> softmax_losses = {3.02390909F, 1.67610967F};
const std::vector<float> softmax_gradient = {0.35918811F,   -0.951389194F, 0.592201054F,
                                             -0.127906352F, -0.235572368F, 0.36347872F};

TEST(Loss, IsOneNumberARow) {
  EXPECT_EQ(LossRun("mse", shares, numbers).shape, Shape({2}));
  EXPECT_EQ(LossRun("mse", Tensor({2, 4, 5, 3}), Tensor({2, 4, 5, 3})).shape, Shape({2, 4, 5}));
}

TEST(Loss, OfASoftmaxIsWorkedOutFromItsLogits) {
  const LossRun run("categorical_crossentropy", shares, numbers, Last::softmax);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-6F), softmax_losses));
  EXPECT_THAT(run.gradient, Pointwise(FloatNear(1e-6F), softmax_gradient));
}

TEST(Loss, OfASoftmaxThatIsCertainStillHasAGradient) {
  const LossRun run("categorical_crossentropy", Tensor({1, 2}, {0, 1}), Tensor({1, 2}, {100, -100}),
                    Last::softmax);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-4F), {200.0F}));
  EXPECT_THAT(run.gradient, Pointwise(FloatNear(1e-6F), {1.0F, -1.0F}));
}

TEST(Loss, OfASoftmaxBehindAnotherOperationIsWorkedOutFromProbabilities) {
  const LossRun run("categorical_crossentropy", Tensor({1, 2}, {0, 1}), Tensor({1, 2}, {100, -100}),
                    Last::softmax_and_reshape);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-4F), {-std::log(1e-7F)}));
  EXPECT_THAT(run.gradient, Pointwise(FloatNear(1e-6F), {0.0F, 0.0F}));
}

TEST(Loss, OfASigmoidTakesItsLogitsForThoseOfASoftmaxAsKeras3Does) {
  const LossRun run("categorical_crossentropy", shares, numbers, Last::sigmoid);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-6F), softmax_losses));
}

TEST(Loss, IsBinaryCrossentropyFromTheLogitsOfASigmoid) {
  const LossRun run("binary_crossentropy", bits, numbers, Last::sigmoid);
  const std::vector<float> gradient = {0.272524834F,  -0.207486451F, -0.039734304F,
                                       -0.145941168F, 0.0158086251F, -0.106940433F};
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-6F), {0.93413949F, 0.337132573F}));
  EXPECT_THAT(run.gradient, Pointwise(FloatNear(1e-6F), gradient));
}

TEST(Loss, IsSparseCrossentropyFromTheLogitsOfASoftmax) {
  const LossRun run("sparse_categorical_crossentropy", classes, numbers, Last::softmax);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-6F), {3.02390909F, 0.488609701F}));
}

TEST(Loss, TakesPredictionsForLogitsWhereItIsToldTo) {
  const LossRun run(CategoricalCrossentropy({.from_logits = true}), shares, numbers);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-6F), softmax_losses));
  EXPECT_THAT(LossRun(SparseCategoricalCrossentropy({.from_logits = true}), classes, numbers).losses,
              Pointwise(FloatNear(1e-6F), {3.02390909F, 0.488609701F}));
}

TEST(Loss, SmoothsLabels) {
  const LossRun run(CategoricalCrossentropy({.from_logits = true, .label_smoothing = 0.1}), shares, numbers);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-6F), {2.87390924F, 1.69902635F}));
}

TEST(Loss, TakesTargetsWithoutTheLastAxisOfOnePrediction) {
  const Tensor predictions({2, 1}, {1.5F, 0.25F});
  EXPECT_THAT(LossRun("mse", classes, predictions).losses, Pointwise(FloatNear(1e-6F), {0.25F, 3.0625F}));
}

TEST(Loss, DropsALastAxisOfOneThatOnlyPredictionsHave) {
  const LossRun run("binary_crossentropy", bits, Tensor({2, 3, 1}, numbers.span()), Last::sigmoid);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-5F), {0.93413949F, 0.337132573F}));
}

TEST(Loss, TakesClassNumbersWithALastAxisOfOne) {
  const LossRun run(SparseCategoricalCrossentropy({.from_logits = true}), Tensor({2, 1}, {1, 2}), numbers);
  EXPECT_THAT(run.losses, Pointwise(FloatNear(1e-6F), {3.02390909F, 0.488609701F}));
}

TEST(Loss, ChoosesACrossentropyByTheShapes) {
  EXPECT_THAT(LossRun("crossentropy", classes, numbers, Last::softmax).losses,
              Pointwise(FloatNear(1e-6F), {3.02390909F, 0.488609701F}));
  EXPECT_THAT(LossRun("crossentropy", shares, numbers, Last::softmax).losses,
              Pointwise(FloatNear(1e-6F), softmax_losses));
  EXPECT_THAT(LossRun("crossentropy", Tensor({2}, {0, 1}), Tensor({2, 1}, {200, -200}), Last::sigmoid).losses,
              Pointwise(FloatNear(1e-3F), {200.0F, 200.0F}));
}

TEST(Loss, RefusesShapesThatDoNotFit) {
  EXPECT_THAT(
      [] {
        LossRun("mse", Tensor({2, 2}), Tensor({2, 3}));
      },
      testing::ThrowsMessage<Error>(testing::HasSubstr("targets of shape (2, 2)")));
  EXPECT_THROW(LossRun("categorical_crossentropy", classes, numbers), Error);
  EXPECT_THROW(LossRun("sparse_categorical_crossentropy", shares, numbers), Error);
}

}  // namespace
}  // namespace antler::losses
