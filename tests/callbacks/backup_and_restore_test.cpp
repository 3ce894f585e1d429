#include "antler/callbacks/backup_and_restore.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "tests/callbacks/fake_model.h"
#include "tests/core/temporary_folder.h"

namespace antler::callbacks {
namespace {

// As many epochs as `epochs` says, without an end: a crash.
void train_and_crash(BackupAndRestore& callback, FakeModel& model, int epochs) {
  callbacks::Run run{.epochs = 10, .steps = 1, .model = &model};
  callback.on_train_begin(run);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    model.weight = static_cast<float>(++model.updates);
    Logs logs;
    callback.on_train_batch_end(run, 0, logs);
    callback.on_epoch_end(run, epoch, logs);
  }
}

FakeModel restored_from(BackupAndRestore& callback) {
  FakeModel model;
  callbacks::Run run{.model = &model};
  callback.on_train_begin(run);
  return model;
}

TEST(BackupAndRestore, GoesOnFromTheLastEpoch) {
  const TemporaryFolder folder;
  BackupAndRestore callback(folder / "backup");
  FakeModel model;
  train_and_crash(callback, model, 2);
  const FakeModel restored = restored_from(callback);
  EXPECT_EQ(restored.weight, 2.0F);
  EXPECT_EQ(restored.resumed.at("epoch"), 2);
}

TEST(BackupAndRestore, SavesAfterSoManyBatches) {
  const TemporaryFolder folder;
  BackupAndRestore callback(folder / "backup", {.save_freq = 2});
  FakeModel model;
  train_and_crash(callback, model, 3);
  EXPECT_EQ(restored_from(callback).weight, 2.0F);
}

TEST(BackupAndRestore, RemovesTheBackupWhenTrainingHasEnded) {
  const TemporaryFolder folder;
  BackupAndRestore callback(folder / "backup");
  FakeModel model;
  train(callback, model, "loss", {1, 2});
  EXPECT_FALSE(folder.has("backup"));
}

TEST(BackupAndRestore, KeepsTheBackupOfACutRun) {
  const TemporaryFolder folder;
  BackupAndRestore callback(folder / "backup");
  FakeModel model;
  train_and_crash(callback, model, 1);
  callbacks::Run run{.cut = true, .model = &model};
  callback.on_train_end(run, {});
  EXPECT_TRUE(folder.has("backup/latest.weights.h5"));
}

TEST(BackupAndRestore, RefusesFilesThatDoNotBelongTogether) {
  const TemporaryFolder folder;
  BackupAndRestore callback(folder / "backup");
  FakeModel model;
  train_and_crash(callback, model, 2);
  folder.write("backup/latest.weights.h5", "3");
  EXPECT_THROW(restored_from(callback), Error);
}

TEST(BackupAndRestore, FallsBackOnTheBackupBeforeWhenThereAreTwo) {
  const TemporaryFolder folder;
  BackupAndRestore callback(folder / "backup", {.double_checkpoint = true});
  FakeModel model;
  train_and_crash(callback, model, 2);
  folder.write("backup/training_metadata.json", "{");
  EXPECT_EQ(restored_from(callback).weight, 1.0F);
}

TEST(BackupAndRestore, AsksForAFolder) {
  EXPECT_THROW(BackupAndRestore(""), Error);
}

}  // namespace
}  // namespace antler::callbacks
