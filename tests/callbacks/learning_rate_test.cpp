// ReduceLROnPlateau and LearningRateScheduler. Expected rates and messages are those of Keras 3.15.1.
#include <gmock/gmock.h>

#include "antler/callbacks/learning_rate_scheduler.h"
#include "antler/callbacks/reduce_lr_on_plateau.h"
#include "antler/core/error.h"
#include "tests/callbacks/fake_model.h"

namespace antler::callbacks {
namespace {

using testing::ElementsAre;
using testing::FloatEq;

std::vector<float> learning_rates(const std::vector<Logs>& epochs) {
  std::vector<float> rates;
  for (const Logs& logs : epochs) {
    EXPECT_EQ(logs.back().first, "learning_rate");
    rates.push_back(static_cast<float>(logs.back().second));
  }
  return rates;
}

std::vector<float> rates_of(const ReduceLROnPlateauOptions& options, size_t epochs) {
  ReduceLROnPlateau callback(options);
  FakeModel model;
  return learning_rates(train(callback, model, "val_loss", std::vector<double>(epochs, 1.0)));
}

TEST(ReduceLROnPlateau, LowersTheRateWhenPatienceIsExhausted) {
  EXPECT_THAT(rates_of({.factor = 0.5, .patience = 2}, 6),
              ElementsAre(0.1F, 0.1F, 0.1F, 0.05F, 0.05F, 0.025F));
}

TEST(ReduceLROnPlateau, WaitsForTheCooldownToPass) {
  EXPECT_THAT(rates_of({.factor = 0.5, .patience = 1, .cooldown = 2}, 6),
              ElementsAre(0.1F, 0.1F, 0.05F, 0.05F, 0.025F, 0.025F));
}

TEST(ReduceLROnPlateau, StaysAboveTheLeastRate) {
  EXPECT_THAT(rates_of({.factor = 0.1, .patience = 1, .min_lr = 0.05}, 4),
              ElementsAre(0.1F, 0.1F, 0.05F, 0.05F));
}

TEST(ReduceLROnPlateau, SaysWhatItDoes) {
  ReduceLROnPlateau callback({.patience = 1, .verbose = 1});
  FakeModel model;
  testing::internal::CaptureStdout();
  train(callback, model, "val_loss", {1, 1});
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "\nEpoch 2: ReduceLROnPlateau reducing learning rate to 0.010000000149011612.\n");
}

TEST(ReduceLROnPlateau, CountsOnFromItsState) {
  ReduceLROnPlateau first({.patience = 2});
  FakeModel model;
  train(first, model, "val_loss", {1, 1});
  ReduceLROnPlateau second({.patience = 2});
  callbacks::Run run{.model = &model};
  second.on_train_begin(run);
  EXPECT_TRUE(second.restore(first.state()));
  Logs logs{{"val_loss", 1.0}};
  second.on_epoch_end(run, 2, logs);
  EXPECT_THAT(model.rate, FloatEq(0.01F));
}

TEST(ReduceLROnPlateau, RefusesAFactorOfOne) {
  EXPECT_THROW(ReduceLROnPlateau({.factor = 1.0}), Error);
}

TEST(LearningRateScheduler, SetsTheRateOfEachEpoch) {
  LearningRateScheduler callback([](int epoch, double rate) { return epoch == 0 ? rate : rate * 0.5; }, 1);
  FakeModel model;
  testing::internal::CaptureStdout();
  EXPECT_THAT(learning_rates(train(callback, model, "val_loss", {1, 1, 1})),
              ElementsAre(0.1F, 0.05F, 0.025F));
  EXPECT_THAT(testing::internal::GetCapturedStdout(),
              testing::HasSubstr("\nEpoch 2: LearningRateScheduler setting learning rate to "
                                 "0.05000000074505806.\n"));
}

}  // namespace
}  // namespace antler::callbacks
