// The training loop's options, a batch at a time, and callbacks in a real run.
#include <gmock/gmock.h>

#include <cmath>

#include "antler/callbacks/early_stopping.h"
#include "antler/callbacks/model_checkpoint.h"
#include "antler/callbacks/reduce_lr_on_plateau.h"
#include "antler/callbacks/terminate_on_nan.h"
#include "antler/core/error.h"
#include "antler/saving/saving.h"
#include "tests/callbacks/lambda.h"
#include "tests/core/temporary_folder.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using callbacks::lambda;
using callbacks::Logs;

std::vector<float> all_weights(const Model& model) {
  std::vector<float> all;
  for (const Tensor& weight : model.get_weights())
    all.insert(all.end(), weight.span().begin(), weight.span().end());
  return all;
}

// Dense(2) on two inputs, all weights 0.5, trained by SGD on the mean squared error.
Sequential linear_model() {
  Sequential model({layers::Dense(2, {.input_shape = Shape{2}})});
  model.compile({.optimizer = optimizers::SGD({.learning_rate = 0.1}), .loss = "mse"});
  model.set_weights({Tensor({2, 2}, 0.5F), Tensor({2}, 0.5F)});
  return model;
}

const Tensor linear_x({2, 2}, {1, 2, 3, 4});
const Tensor linear_y({2, 2}, {1, 0, 0, 1});

// In the middle of a prediction too: no layer may hold on to what the weights were.
TEST(Callbacks, MayChangeWeightsBetweenBatches) {
  Sequential model({layers::Dense(100, {.use_bias = false, .input_shape = Shape{4}})});
  model.set_weights({Tensor({4, 100}, 1.0F)});
  const auto change = lambda({.on_predict_batch_end = [&](callbacks::Run&, int64_t batch, const auto&) {
    if (batch == 1) model.set_weights({Tensor({4, 100}, 0.0F)});
  }});
  const Tensor y = model.predict(Tensor({12, 4}, 1.0F), {.batch_size = 4, .callbacks = {change}});
  EXPECT_EQ(y[0], 4.0F);
  EXPECT_EQ(y[7 * 100 + 99], 4.0F);
  EXPECT_EQ(y[8 * 100], 0.0F);
  EXPECT_EQ(y[11 * 100 + 99], 0.0F);
}

// Figures of keras.Sequential([Input((2,)), Dense(2)]), SGD(0.1), "mse".
TEST(TrainOnBatch, GivesKerasLossesAndWeights) {
  Sequential model = linear_model();
  EXPECT_NEAR(model.train_on_batch(linear_x, linear_y)[0].second, 7.5, 1e-5);
  EXPECT_NEAR(model.train_on_batch(linear_x, linear_y)[0].second, 2.6750004, 1e-5);
  EXPECT_EQ(model.optimizer().state().iterations, 2);
}

// Clipping needs all of a gradient, so that the large kernel is updated in one: to the same bits.
TEST(TrainOnBatch, UpdatesALargeKernelInPiecesAsInOne) {
  Tensor x({40, 100});
  Tensor y({40, 1});
  RandomStream(3, 1).fill_normal(x.span(), 0.0F, 1.0F);
  RandomStream(3, 2).fill_normal(y.span(), 0.0F, 1.0F);
  const auto trained = [&](std::optional<double> clipvalue) {
    set_random_seed(1);
    Sequential model({layers::Dense(960, {.activation = "relu",
                                          .kernel_constraint = constraints::MaxNorm({.max_value = 0.9}),
                                          .input_shape = Shape{100}}),
                      layers::Dense(1)});
    model.compile({.optimizer = optimizers::Adam({.clipvalue = clipvalue, .use_ema = true}), .loss = "mse"});
    for (int i = 0; i < 3; ++i) model.train_on_batch(x, y);
    return all_weights(model);
  };
  EXPECT_EQ(trained(std::nullopt), trained(1e30));
}

TEST(TrainOnBatch, WeighsSamplesAndClasses) {
  Sequential by_sample = linear_model();
  const double loss =
      by_sample.train_on_batch(linear_x, linear_y, {.sample_weight = Tensor({2}, {3, 1})})[0].second;
  EXPECT_NEAR(loss, 10.0, 1e-5);
  Sequential by_class = linear_model();
  EXPECT_NEAR(by_class.train_on_batch(linear_x, linear_y, {.class_weight = {{0, 3.0}}})[0].second, loss,
              1e-5);
  EXPECT_EQ(all_weights(by_class), all_weights(by_sample));
}

TEST(TrainOnBatch, DoesWhatAnEpochOfOneBatchDoes) {
  const Samples data = exclusive_or(16);
  Sequential one = small_model(1);
  one.fit(data.x, data.y, {.batch_size = 16, .verbose = 0, .shuffle = false});
  Sequential other = small_model(1);
  other.train_on_batch(data.x, data.y);
  EXPECT_EQ(all_weights(one), all_weights(other));
}

TEST(TestOnBatch, CountsTheBatchAlone) {
  Sequential model = linear_model();
  for (int again = 0; again < 2; ++again)
    EXPECT_NEAR(model.test_on_batch(linear_x, linear_y)[0].second, 7.5, 1e-5);
  EXPECT_NEAR(model.test_on_batch(linear_x, linear_y, {.sample_weight = Tensor({2}, {3, 1})})[0].second, 10.0,
              1e-5);
}

TEST(PredictOnBatch, GivesTheOutput) {
  EXPECT_THAT(linear_model().predict_on_batch(linear_x).span(), testing::ElementsAre(2, 2, 4, 4));
}

TEST(Evaluate, WeighsSamplesAndTakesSoManySteps) {
  Sequential model = linear_model();
  EXPECT_NEAR(
      model.evaluate(linear_x, linear_y, {.verbose = 0, .sample_weight = Tensor({2}, {3, 1})})[0].second,
      10.0, 1e-5);
  EXPECT_NEAR(model.evaluate(linear_x, linear_y, {.batch_size = 1, .verbose = 0, .steps = 1})[0].second, 2.5,
              1e-5);
}

TEST(Predict, TakesSoManySteps) {
  EXPECT_EQ(linear_model().predict(linear_x, {.batch_size = 1, .steps = 1}).shape(), Shape({1, 2}));
}

TEST(Fit, WeighsTheRowsOfAValidationSplitToo) {
  const Samples data = exclusive_or(32);
  FitOptions options{.batch_size = 8, .verbose = 0, .validation_split = 0.25};
  options.sample_weight = Tensor({32}, 2.0F);
  Sequential weighted = small_model(1);
  const double loss = weighted.fit(data.x, data.y, options)["val_loss"][0];
  const Tensor x({8, 2}, data.x.rows(24, 32).span());
  const Tensor y({8, 2}, data.y.rows(24, 32).span());
  EXPECT_NEAR(loss, 2 * weighted.evaluate(x, y, {.verbose = 0}).back().second, 1e-5);
}

TEST(Fit, ValidatesAsOftenAsAskedFor) {
  const Samples data = exclusive_or(16);
  FitOptions options{.epochs = 5, .verbose = 0, .validation_split = 0.25, .validation_freq = 2};
  EXPECT_EQ(small_model(1).fit(data.x, data.y, options)["val_loss"].size(), 2U);
  options.validation_freq = std::vector{1, 2, 5};
  EXPECT_EQ(small_model(1).fit(data.x, data.y, options)["val_loss"].size(), 3U);
}

TEST(Fit, GoesThroughTensorsInSeveralEpochsOfFewSteps) {
  const Samples data = exclusive_or(32);
  FitOptions whole{.batch_size = 8, .epochs = 2, .verbose = 0};
  Sequential one = small_model(1);
  one.fit(data.x, data.y, whole);
  FitOptions halves = whole;
  halves.epochs = 4;
  halves.steps_per_epoch = 2;
  Sequential other = small_model(1);
  EXPECT_EQ(other.fit(data.x, data.y, halves).epoch.size(), 4U);
  EXPECT_EQ(all_weights(other), all_weights(one));
}

TEST(Fit, CallsCallbacksInKerasOrder) {
  const Samples data = exclusive_or(6);
  std::string calls;
  const auto note = [&calls](const std::string& name) {
    return [&calls, name](auto&&...) { calls += name + " "; };
  };
  FitOptions options{.batch_size = 2, .verbose = 0, .validation_split = 0.34};
  options.callbacks = {lambda({.on_train_begin = note("train"),
                               .on_train_end = note("/train"),
                               .on_epoch_begin = note("epoch"),
                               .on_epoch_end = note("/epoch"),
                               .on_train_batch_begin = note("batch"),
                               .on_train_batch_end = note("/batch"),
                               .on_test_begin = note("test"),
                               .on_test_end = note("/test"),
                               .on_test_batch_begin = note("tbatch"),
                               .on_test_batch_end = note("/tbatch")})};
  small_model(1).fit(data.x, data.y, options);
  EXPECT_EQ(calls,
            "train epoch batch /batch batch /batch test tbatch /tbatch tbatch /tbatch /test /epoch /train ");
}

TEST(Fit, RecordsWhatCallbacksAddToTheLogs) {
  const Samples data = exclusive_or(16);
  FitOptions options{.epochs = 2, .verbose = 0};
  options.callbacks = {lambda(
      {.on_epoch_end = [](callbacks::Run&, int epoch, Logs& logs) { logs.emplace_back("mine", epoch); }})};
  EXPECT_THAT(small_model(1).fit(data.x, data.y, options)["mine"], testing::ElementsAre(0, 1));
}

TEST(Fit, EndsTheEpochWithValidationWhenStopped) {
  const Samples data = exclusive_or(32);
  FitOptions options{.batch_size = 4, .epochs = 3, .verbose = 0, .validation_split = 0.25};
  options.callbacks = {lambda({.on_batch_end = [](callbacks::Run& run, int64_t batch, const Logs&) {
    run.stop_training = batch == 1;
  }})};
  Sequential model = small_model(1);
  const History history = model.fit(data.x, data.y, options);
  EXPECT_EQ(history["val_loss"].size(), 1U);
  EXPECT_TRUE(history.stopped);
  EXPECT_EQ(model.optimizer().state().iterations, 2);
}

TEST(TerminateOnNaN, LeavesTheLossInHistory) {
  Sequential model = linear_model();
  FitOptions options{.epochs = 3, .verbose = 0};
  options.callbacks = {std::make_shared<callbacks::TerminateOnNaN>()};
  const History history = model.fit(Tensor({2, 2}, NAN), linear_y, options);
  ASSERT_EQ(history["loss"].size(), 1U);
  EXPECT_TRUE(std::isnan(history["loss"][0]));
}

TEST(EarlyStopping, AndAPlateauSurviveACutBitForBit) {
  const Samples data = exclusive_or(40);
  const auto options = [] {
    FitOptions how{.batch_size = 8, .epochs = 12, .verbose = 0, .validation_split = 0.25};
    how.callbacks = {std::make_shared<callbacks::ReduceLROnPlateau>(callbacks::ReduceLROnPlateauOptions{
                         .factor = 0.5, .patience = 1, .min_delta = 0.02}),
                     std::make_shared<callbacks::EarlyStopping>(
                         callbacks::EarlyStoppingOptions{.min_delta = 0.01, .patience = 3})};
    return how;
  };
  Sequential unbroken = small_model(4);
  const History expected = unbroken.fit(data.x, data.y, options());
  for (int64_t batches = 1; batches < 16; batches += 3) {
    Sequential model = small_model(4);
    FitOptions cut = options();
    int64_t left = batches;
    cut.callbacks.push_back(
        lambda({.on_batch_end = [&](callbacks::Run& run, int64_t, const Logs&) { run.cut = --left == 0; }}));
    model.fit(data.x, data.y, cut);
    FitOptions rest = options();
    rest.resume = model.training_progress();
    EXPECT_EQ(model.fit(data.x, data.y, rest).history, expected.history) << batches;
    EXPECT_EQ(all_weights(model), all_weights(unbroken)) << batches;
  }
}

TEST(ModelCheckpoint, HoldsWhereTheRunStandsSoThatItGoesOnBitForBit) {
  const TemporaryFolder folder;
  const Samples data = exclusive_or(40);
  FitOptions options{.batch_size = 8, .epochs = 3, .verbose = 0, .validation_split = 0.25};
  Sequential unbroken = small_model(4);
  const History expected = unbroken.fit(data.x, data.y, options);
  options.callbacks = {std::make_shared<callbacks::ModelCheckpoint>(
      folder / "{epoch}-{batch}.h5", callbacks::ModelCheckpointOptions{.save_freq = 2})};
  Sequential watched = small_model(4);
  watched.fit(data.x, data.y, options);
  for (const char* name : {"1-2.h5", "1-4.h5", "2-2.h5", "3-4.h5"}) {
    Model model = load_model(folder / name);
    FitOptions rest{.batch_size = 8, .epochs = 3, .verbose = 0, .validation_split = 0.25};
    rest.resume = model.training_progress();
    ASSERT_TRUE(rest.resume.has_value()) << name;
    EXPECT_EQ(model.fit(data.x, data.y, rest).history, expected.history) << name;
    EXPECT_EQ(all_weights(model), all_weights(unbroken)) << name;
  }
}

}  // namespace
}  // namespace antler
