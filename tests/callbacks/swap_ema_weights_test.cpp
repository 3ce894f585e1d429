#include "antler/callbacks/swap_ema_weights.h"

#include <gmock/gmock.h>

#include "tests/callbacks/fake_model.h"

namespace antler::callbacks {
namespace {

TEST(SwapEMAWeights, PutsTheAveragesIntoTheModelForATestAlone) {
  FakeModel model;
  model.weight = 1.0F;
  model.average = 2.0F;
  callbacks::Run run{.epochs = 1, .model = &model};
  SwapEMAWeights callback;
  callback.on_test_begin(run);
  EXPECT_EQ(model.weight, 2.0F);
  callback.on_test_end(run, {});
  EXPECT_EQ(model.weight, 1.0F);
  EXPECT_EQ(model.average, 2.0F);
}

TEST(SwapEMAWeights, GivesTheWeightsBackAfterPredicting) {
  FakeModel model;
  model.weight = 1.0F;
  callbacks::Run run{.epochs = 1, .model = &model};
  SwapEMAWeights callback;
  callback.on_predict_begin(run);
  callback.on_predict_end(run);
  EXPECT_EQ(model.weight, 1.0F);
}

TEST(SwapEMAWeights, KeepsThemForWhatStandsBehindItUntilTheNextEpoch) {
  FakeModel model;
  model.weight = 1.0F;
  model.average = 2.0F;
  callbacks::Run run{.epochs = 2, .model = &model};
  SwapEMAWeights callback({.swap_on_epoch = true});
  Logs logs;
  callback.on_epoch_end(run, 0, logs);
  EXPECT_EQ(model.weight, 2.0F);
  callback.on_epoch_begin(run, 1);
  EXPECT_EQ(model.weight, 1.0F);
}

TEST(SwapEMAWeights, LeavesTheAveragesToTheEndOfARunThatIsOver) {
  for (const bool stopped : {false, true}) {
    FakeModel model;
    model.weight = 1.0F;
    model.average = 2.0F;
    callbacks::Run run{.epochs = stopped ? 5 : 1, .stop_training = stopped, .model = &model};
    SwapEMAWeights callback({.swap_on_epoch = true});
    Logs logs;
    callback.on_epoch_end(run, 0, logs);
    EXPECT_EQ(model.weight, 2.0F);
    EXPECT_EQ(model.average, 2.0F);
  }
}

TEST(SwapEMAWeights, KnowsInARunThatGoesOnWhereTheWeightsAre) {
  FakeModel model;
  model.weight = 1.0F;
  model.average = 2.0F;
  callbacks::Run run{.epochs = 2, .model = &model};
  SwapEMAWeights cut({.swap_on_epoch = true});
  Logs logs;
  cut.on_epoch_end(run, 0, logs);
  SwapEMAWeights resumed({.swap_on_epoch = true});
  EXPECT_FALSE(resumed.restore({{"callback", "EarlyStopping"}}));
  EXPECT_TRUE(resumed.restore(cut.state()));
  resumed.on_epoch_begin(run, 1);
  EXPECT_EQ(model.weight, 1.0F);
}

}  // namespace
}  // namespace antler::callbacks
