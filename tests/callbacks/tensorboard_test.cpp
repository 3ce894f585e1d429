// What TensorBoard itself makes of the files is in tests/keras/tensorboard_test.py.
#include "antler/callbacks/tensorboard.h"

#include <gmock/gmock.h>

#include "antler/callbacks/protobuf.h"
#include "tests/callbacks/fake_model.h"
#include "tests/core/temporary_folder.h"

namespace antler::callbacks {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string only_file_in(const std::filesystem::path& folder) {
  const std::filesystem::directory_iterator files(folder);
  std::ifstream file(files->path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(MaskedCrc32c, IsThatOfTheTFRecordFormat) {
  EXPECT_EQ(masked_crc32c("123456789"), ((0xE3069283U >> 15) | (0xE3069283U << 17)) + 0xA282EAD8U);
}

TEST(Message, WritesNumbersAndBytesAsProtocolBuffers) {
  EXPECT_EQ(Message().add_integer(1, 150).bytes(), std::string("\x08\x96\x01"));
  EXPECT_EQ(Message().add_bytes(2, "testing").bytes(), "\x12\x07testing");
  EXPECT_EQ(Message().add_message(3, Message().add_integer(1, 150)).bytes(), "\x1a\x03\x08\x96\x01");
}

TEST(TensorBoard, WritesEpochsToTrainAndValidation) {
  const TemporaryFolder folder;
  TensorBoard callback({.log_dir = folder.path(), .histogram_freq = 1});
  FakeModel model;
  train(callback, model, "val_loss", {0.5, 0.25});
  const std::string in_train = only_file_in(folder / "train");
  EXPECT_THAT(in_train, HasSubstr("brain.Event:2"));
  EXPECT_THAT(in_train, HasSubstr("epoch_accuracy"));
  EXPECT_THAT(in_train, HasSubstr("epoch_learning_rate"));
  EXPECT_THAT(in_train, HasSubstr("dense/kernel/histogram"));
  EXPECT_THAT(in_train, Not(HasSubstr("batch_loss")));
  EXPECT_THAT(only_file_in(folder / "validation"), HasSubstr("epoch_loss"));
}

TEST(TensorBoard, WritesBatchesWhenItIsTo) {
  const TemporaryFolder folder;
  TensorBoard callback({.log_dir = folder.path(), .update_freq = "batch"});
  FakeModel model;
  train(callback, model, "loss2", {0.5});
  EXPECT_THAT(only_file_in(folder / "train"), HasSubstr("batch_loss"));
}

}  // namespace
}  // namespace antler::callbacks
