// Losses and metrics of several outputs, and what they are called: the expected numbers are those of
// Keras 3.15.1.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "antler/losses/losses.h"
#include "antler/metrics/metrics.h"
#include "antler/models/model.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"
#include "tests/callbacks/lambda.h"

namespace antler {
namespace {

using losses::Reduction;
using testing::ElementsAre;

const Tensor x({5, 2}, {0, 0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F});
const Tensor classes({5, 2}, {1, 0, 0, 1, 1, 0, 0, 1, 0, 1});
const Tensor numbers({5, 1}, {0.1F, 0.2F, 0.3F, 0.4F, 0.5F});

// Two outputs, "a", (None, 2), and "b", (None, 1), with weights of their own.
Model two_outputs() {
  const layers::Symbol input = layers::Input({2});
  layers::Layer a = layers::Dense(2, {.activation = "softmax", .name = "a"});
  layers::Layer b = layers::Dense(1, {.name = "b"});
  Model model({input}, {a(input), b(input)});
  a.set_weights({Tensor({2, 2}, {0.5F, -0.5F, 1, 0.25F}), Tensor({2}, {0, 0.1F})});
  b.set_weights({Tensor({2, 1}, {0.5F, -0.5F}), Tensor({1}, {0.1F})});
  return model;
}

FitOptions weighted() {
  return {.batch_size = 2, .verbose = 0, .shuffle = false, .sample_weight = Tensor({5}, {1, 2, 0, 1, 3})};
}

History fitted(Model& model, CompileOptions options) {
  options.optimizer = optimizers::SGD({.learning_rate = 0.1});
  model.compile(options);
  const std::vector<Tensor> y{classes, numbers};
  return model.fit(x, y, weighted());
}

std::vector<std::string> keys(const History& history) {
  std::vector<std::string> all;
  for (const auto& [key, values] : history.history) all.push_back(key);
  return all;
}

void expect_weight(const Model& model, const char* layer, const std::vector<float>& expected) {
  const Tensor kernel = model.get_layer(layer).get_weights()[0];
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(kernel[static_cast<int64_t>(i)], expected[i], 1e-6);
}

TEST(SeveralOutputs, HaveKerassNamesAndNumbers) {
  Model model = two_outputs();
  const History history =
      fitted(model, {.loss = {"categorical_crossentropy", "mse"},
                     .metrics = {{"a", {"accuracy", "accuracy"}}, {"b", {"mae"}}},
                     .loss_weights = {1, 0.5},
                     .weighted_metrics = {{"a", {"accuracy", "precision"}}, {"b", {"mae", "mae"}}}});
  EXPECT_THAT(keys(history),
              ElementsAre("a_accuracy", "a_accuracy_1", "a_loss", "a_precision", "a_weighted_accuracy",
                          "b_loss", "b_mae", "b_weighted_mae", "b_weighted_mae_1", "loss"));
  EXPECT_NEAR(history["loss"][0], 1.6401164531707764, 2e-6);
  EXPECT_NEAR(history["a_loss"][0], 2.0141758918762207, 2e-6);  // a short batch counts as much as the others
  EXPECT_NEAR(history["b_loss"][0], 0.17888452112674713, 2e-6);
  EXPECT_NEAR(history["a_accuracy"][0], 0.2, 1e-6);
  EXPECT_NEAR(history["b_mae"][0], 0.2295173704624176, 2e-6);
  EXPECT_NEAR(history["b_weighted_mae"][0], 0.26446226239204407, 2e-6);
  expect_weight(model, "a",
                {0.2862607538700104F, -0.2862607538700104F, 0.7568255066871643F, 0.4931744635105133F});
  expect_weight(model, "b", {0.6067301034927368F, -0.37814438343048096F});
}

TEST(SeveralOutputs, MayHaveNoLossOnSome) {
  Model model = two_outputs();
  const History history =
      fitted(model, {.loss = {{"a", std::nullopt}, {"b", "mse"}}, .metrics = {{"a", {metrics::F1Score()}}}});
  EXPECT_THAT(keys(history), ElementsAre("a_f1_score[0]", "a_f1_score[1]", "loss"));
  EXPECT_NEAR(history["a_f1_score[0]"][0], 0.333333283662796, 1e-6);
  EXPECT_NEAR(history["loss"][0], 0.09635663777589798, 1e-6);
  expect_weight(model, "a", {0.5F, -0.5F, 1, 0.25F});
  expect_weight(model, "b", {0.6862119436264038F, -0.2869997024536133F});
}

TEST(SeveralOutputs, MayReduceTheirLossesDifferently) {
  Model model = two_outputs();
  const History history = fitted(
      model, {.loss = {{"a", losses::CategoricalCrossentropy({.reduction = Reduction::sum})},
                       {"b", losses::MeanSquaredError({.reduction = Reduction::mean_with_sample_weight})}}});
  EXPECT_NEAR(history["loss"][0], 2.24349045753479, 4e-6);
  EXPECT_NEAR(history["a_loss"][0], 2.4232842922210693, 4e-6);
  EXPECT_NEAR(history["b_loss"][0], 0.06603360921144485, 2e-6);
  expect_weight(model, "a",
                {0.2664322853088379F, -0.2664322853088379F, 0.7318527698516846F, 0.5181472301483154F});
  expect_weight(model, "b", {0.5876275300979614F, -0.3979865610599518F});
}

TEST(SeveralOutputs, TrainOnTheSumWhereTheReductionIsNone) {
  Model model = two_outputs();
  const History history = fitted(
      model, {.loss = {losses::CategoricalCrossentropy({.reduction = Reduction::none}), std::nullopt}});
  EXPECT_NEAR(history["loss"][0], 1.4539705514907837, 2e-6);
  expect_weight(model, "a",
                {0.2664322853088379F, -0.2664322853088379F, 0.7318527698516846F, 0.5181472301483154F});
}

TEST(OneOutput, HasAllMetricsAndALossOfWholeBatches) {
  Sequential model({layers::Input({2}), layers::Dense(2, {.activation = "softmax", .name = "a"})});
  model.get_layer("a").set_weights({Tensor({2, 2}, {0.5F, -0.5F, 1, 0.25F}), Tensor({2}, {0, 0.1F})});
  model.compile({.optimizer = optimizers::SGD({.learning_rate = 0.1}),
                 .loss = losses::Dice(),
                 .metrics = {"acc", metrics::Precision({.thresholds = {0.4, 0.6}})},
                 .weighted_metrics = {"acc"}});
  const History history = model.fit(x, classes, weighted());
  EXPECT_THAT(keys(history), ElementsAre("acc", "loss", "precision[0]", "precision[1]", "weighted_acc"));
  EXPECT_NEAR(history["loss"][0], 0.9110652208328247, 2e-6);
  EXPECT_NEAR(history["precision[0]"][0], 0.4285714328289032, 1e-6);
  EXPECT_NEAR(history["precision[1]"][0], 0.3333333432674408, 1e-6);
  expect_weight(model, "a",
                {0.4567202627658844F, -0.4567202627658844F, 0.9519731998443604F, 0.2980267107486725F});
}

TEST(SeveralOutputs, GoOnWithAllTheirMetricsAfterBeingCut) {
  const CompileOptions options{.loss = {"categorical_crossentropy", "mse"},
                               .metrics = {{"a", {"auc", metrics::F1Score()}}, {"b", {"r2_score"}}},
                               .weighted_metrics = {{"a", {"precision"}}}};
  Model unbroken = two_outputs();
  const History expected = fitted(unbroken, options);
  Model model = two_outputs();
  model.compile(options);
  model.optimizer() = optimizers::SGD({.learning_rate = 0.1});
  const std::vector<Tensor> y{classes, numbers};
  FitOptions how = weighted();
  how.callbacks = {callbacks::lambda(
      {.on_batch_end = [](callbacks::Run& run, int64_t, const callbacks::Logs&) { run.cut = true; }})};
  EXPECT_TRUE(model.fit(x, y, how).stopped);
  how.callbacks.clear();
  how.resume = model.training_progress();
  EXPECT_EQ(model.fit(x, y, how).history, expected.history);
}

TEST(SeveralOutputs, RefuseWhatIsNotForThem) {
  Model model = two_outputs();
  EXPECT_THAT(
      [&] {
        model.compile({.loss = {{"a", "mse"}, {"c", "mse"}}});
      },
      testing::ThrowsMessage<Error>("losses were given for an output 'c'; the outputs are 'a', 'b'"));
  EXPECT_THROW(model.compile({.loss = {{"a", "mse"}}}), Error);
  EXPECT_THROW(model.compile({.loss = {"mse", "mae", "mse"}}), Error);
  EXPECT_THROW(model.compile({.loss = {std::nullopt, std::nullopt}}), Error);
  EXPECT_THROW(model.compile({.loss = "mse", .metrics = {"mae", "mse", "mape"}}), Error);
  EXPECT_THROW(model.compile({.loss = "mse", .metrics = {{"c", {"mae"}}}}), Error);
  EXPECT_THROW(model.compile({.loss = "mse", .loss_weights = {1.0}}), Error);
}

TEST(SeveralOutputs, WeighLossesByName) {
  Model model = two_outputs();
  model.compile({.loss = "mse", .loss_weights = {{"b", 0.5}}});
  EXPECT_THAT(model.compile_options().loss_weights.values(), ElementsAre(1.0, 0.5));
}

}  // namespace
}  // namespace antler
