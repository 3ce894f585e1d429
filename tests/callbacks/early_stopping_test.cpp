// Expected epochs and messages are those of Keras 3.15.1.
#include "antler/callbacks/early_stopping.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/callbacks/fake_model.h"

namespace antler::callbacks {
namespace {

size_t epochs_trained(const EarlyStoppingOptions& options, const std::vector<double>& values) {
  EarlyStopping callback(options);
  FakeModel model;
  return train(callback, model, options.monitor, values).size();
}

TEST(EarlyStopping, StopsWhenPatienceIsExhausted) {
  EarlyStopping callback({.patience = 2});
  FakeModel model;
  EXPECT_EQ(train(callback, model, "val_loss", {1.0, 0.9, 0.95, 0.92, 0.8}).size(), 4U);
  EXPECT_EQ(callback.stopped_epoch(), 3);
  EXPECT_EQ(callback.best_epoch(), 1);
  EXPECT_EQ(callback.best(), 0.9);
}

TEST(EarlyStopping, TakesAccuracyForBetterWhenItIsHigherByMoreThanMinDelta) {
  EXPECT_EQ(epochs_trained({.monitor = "val_accuracy", .min_delta = 0.05, .patience = 1}, {0.5, 0.54, 0.6}),
            2U);
  EXPECT_EQ(epochs_trained({.monitor = "val_accuracy", .min_delta = 0.03, .patience = 1}, {0.5, 0.54, 0.6}),
            3U);
}

TEST(EarlyStopping, AsksImprovementToBeatTheBaselineToo) {
  EXPECT_EQ(epochs_trained({.patience = 2, .baseline = 0.5}, {0.9, 0.8, 0.7, 0.7}), 4U);
  EXPECT_EQ(epochs_trained({.patience = 2, .baseline = 0.5}, {0.4, 0.8, 0.7, 0.7}), 3U);
}

TEST(EarlyStopping, DoesNotWatchTheFirstEpochs) {
  EXPECT_EQ(epochs_trained({.start_from_epoch = 2}, {1, 2, 3, 4, 5}), 4U);
}

TEST(EarlyStopping, StopsWhenTheValueIsNoNumber) {
  EXPECT_EQ(epochs_trained({.patience = 1}, {NAN, NAN, NAN, NAN}), 2U);
}

TEST(EarlyStopping, PutsTheBestWeightsBack) {
  EarlyStopping callback({.patience = 2, .verbose = 1, .restore_best_weights = true});
  FakeModel model;
  testing::internal::CaptureStdout();
  train(callback, model, "val_loss", {1.0, 0.9, 0.95, 0.92, 0.8});
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "Epoch 4: early stopping\nRestoring model weights from the end of the best epoch: 2.\n");
  EXPECT_EQ(model.weight, 2.0F);
}

TEST(EarlyStopping, WarnsWhenItsValueIsNotThere) {
  EarlyStopping callback;
  FakeModel model;
  testing::internal::CaptureStderr();
  EXPECT_EQ(train(callback, model, "other", {1, 2}).size(), 2U);
  EXPECT_THAT(
      testing::internal::GetCapturedStderr(),
      testing::HasSubstr("`val_loss` which is not available. Available metrics are: accuracy,loss,other"));
}

TEST(EarlyStopping, CountsOnFromItsState) {
  EarlyStopping first({.patience = 2});
  FakeModel model;
  train(first, model, "val_loss", {1.0, 1.1});
  EarlyStopping second({.patience = 2});
  callbacks::Run run{.model = &model};
  second.on_train_begin(run);
  EXPECT_FALSE(second.restore({{"class_name", "EarlyStopping"}, {"monitor", "loss"}}));
  EXPECT_TRUE(second.restore(first.state()));
  Logs logs{{"val_loss", 1.05}};
  second.on_epoch_end(run, 2, logs);
  EXPECT_TRUE(run.stop_training);
}

TEST(EarlyStopping, RefusesACountThatIsNone) {
  EarlyStopping callback({.monitor = "loss"});
  for (const Json& wait : {Json(-1), Json(int64_t{1} << 40), Json(1e308), Json("1")}) {
    Json state = callback.state();
    state["wait"] = wait;
    EXPECT_THROW(callback.restore(state), Error) << wait;
  }
}

TEST(EarlyStopping, AsksForAModeWhereTheNameDoesNotTell) {
  EXPECT_THROW(EarlyStopping({.monitor = "val_progress"}), Error);
  EXPECT_THROW(EarlyStopping({.mode = "up"}), Error);
  EXPECT_NO_THROW(EarlyStopping({.monitor = "val_progress", .mode = "max"}));
}

}  // namespace
}  // namespace antler::callbacks
