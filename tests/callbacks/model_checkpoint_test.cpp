// Names of files and messages are those of Keras 3.15.1.
#include "antler/callbacks/model_checkpoint.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/callbacks/fake_model.h"
#include "tests/core/temporary_folder.h"

namespace antler::callbacks {
namespace {

using testing::ElementsAre;

TEST(ModelCheckpoint, FillsEpochAndValuesIntoThePath) {
  const TemporaryFolder folder;
  ModelCheckpoint callback(folder / "new" / "{epoch:02d}-{val_loss:.2f}.keras");
  FakeModel model;
  train(callback, model, "val_loss", {0.5, 0.625});
  EXPECT_THAT(model.saved, ElementsAre("01-0.50.keras", "02-0.62.keras"));
  EXPECT_EQ(folder.read("new/01-0.50.keras"), "model");
}

TEST(ModelCheckpoint, SavesOnlyTheBest) {
  const TemporaryFolder folder;
  ModelCheckpoint callback(folder / "{epoch}.keras", {.verbose = 1, .save_best_only = true});
  FakeModel model;
  testing::internal::CaptureStdout();
  train(callback, model, "val_loss", {0.5, 0.6, 0.4});
  const std::string first = (folder / "1.keras").string();
  const std::string third = (folder / "3.keras").string();
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "\nEpoch 1: val_loss improved from None to 0.50000, saving model to " + first +
                "\n\nEpoch 1: finished saving model to " + first +
                "\n\nEpoch 2: val_loss did not improve from 0.50000\n"
                "\nEpoch 3: val_loss improved from 0.50000 to 0.40000, saving model to " +
                third + "\n\nEpoch 3: finished saving model to " + third + "\n");
  EXPECT_THAT(model.saved, ElementsAre("1.keras", "3.keras"));
}

TEST(ModelCheckpoint, BeginsWithTheThresholdAsTheBest) {
  const TemporaryFolder folder;
  ModelCheckpoint callback(folder / "{epoch}.h5", {.save_best_only = true, .initial_value_threshold = 0.45});
  FakeModel model;
  train(callback, model, "val_loss", {0.5, 0.4});
  EXPECT_THAT(model.saved, ElementsAre("2.h5"));
}

TEST(ModelCheckpoint, SavesWeightsAlone) {
  const TemporaryFolder folder;
  ModelCheckpoint callback(folder / "{epoch}.weights.h5", {.save_weights_only = true});
  FakeModel model;
  train(callback, model, "val_loss", {0.5});
  EXPECT_EQ(folder.read("1.weights.h5"), "1.000000");
}

TEST(ModelCheckpoint, SavesAfterSoManyBatches) {
  const TemporaryFolder folder;
  ModelCheckpoint callback(folder / "{epoch}-{batch}.keras", {.save_freq = 3});
  FakeModel model;
  callbacks::Run run{.epochs = 2, .steps = 5, .model = &model};
  for (int epoch = 0; epoch < 2; ++epoch) {
    callback.on_epoch_begin(run, epoch);
    for (int64_t batch = 0; batch < 5; ++batch) callback.on_train_batch_end(run, batch, {});
  }
  EXPECT_THAT(model.saved, ElementsAre("1-3.keras", "2-1.keras", "2-4.keras"));
}

TEST(ModelCheckpoint, KnowsItsBestFromItsState) {
  const TemporaryFolder folder;
  ModelCheckpoint first(folder / "{epoch}.keras", {.save_best_only = true});
  FakeModel model;
  train(first, model, "val_loss", {0.5});
  ModelCheckpoint second(folder / "again{epoch}.keras", {.save_best_only = true});
  EXPECT_TRUE(second.restore(first.state()));
  train(second, model, "val_loss", {0.6});
  EXPECT_THAT(model.saved, ElementsAre("1.keras"));
}

TEST(ModelCheckpoint, SaysWhatIsWrongWithThePath) {
  EXPECT_THROW(ModelCheckpoint("model.bin"), Error);
  EXPECT_THROW(ModelCheckpoint("model.h5", {.save_weights_only = true}), Error);
  ModelCheckpoint callback("{val_los}.keras");
  FakeModel model;
  EXPECT_THROW(train(callback, model, "val_loss", {0.5}), Error);
}

}  // namespace
}  // namespace antler::callbacks
