// Model::save_weights and Model::load_weights.
#include "antler/callbacks/backup_and_restore.h"
#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/saving/hdf5/new_file.h"
#include "antler/saving/saving.h"
#include "tests/callbacks/lambda.h"
#include "tests/core/temporary_folder.h"
#include "tests/saving/small_models.h"

namespace antler {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

Model untrained(int64_t units = 3) {
  Sequential model({layers::Input({4, 4, 1}), layers::Conv2D(2, {.kernel_size = {2, 2}}),
                    layers::BatchNormalization({.axis = 1}), layers::Flatten(),
                    layers::Dense(units, {.activation = "softmax", .name = "other_name"})});
  model.compile({.optimizer = optimizers::Adam({.learning_rate = 0.5})});
  return model;
}

TEST(WeightsFile, GivesTheWeightsToAModelOfTheSameLayersWhateverTheirNames) {
  const TemporaryFolder folder;
  const Model model = trained_sequential();
  model.save_weights(folder / "w.weights.h5");
  Model other = untrained();
  other.load_weights(folder / "w.weights.h5");
  expect_same(other.get_weights(), model.get_weights());
}

TEST(WeightsFile, LeavesAnOptimizerAsItIsThatHasNotBeenUsed) {
  const TemporaryFolder folder;
  trained_sequential().save_weights(folder / "w.weights.h5");
  Model other = untrained();
  other.load_weights(folder / "w.weights.h5");
  EXPECT_EQ(other.optimizer().state().iterations, 0);
  EXPECT_EQ(other.optimizer().learning_rate(), 0.5);
}

TEST(WeightsFile, GivesTheOptimizersStateToOneInUse) {
  const TemporaryFolder folder;
  const Model model = trained_sequential();
  model.save_weights(folder / "w.weights.h5");
  Model further = model;
  Tensor y({4, 3}, 0.5F);
  further.fit(pattern({4, 4, 4, 1}, 0.0F), y, {.verbose = 0});
  further.load_weights(folder / "w.weights.h5");
  expect_same(further.get_weights(), model.get_weights());
  expect_same_state(further.optimizer(), model.optimizer());
}

// Trains for three epochs; at the beginning of `crash` it dies.
Model backed_up_run(const std::filesystem::path& backup, int crash) {
  set_random_seed(7);
  Model model = untrained();
  const auto die = [crash](callbacks::Run&, int epoch) {
    if (epoch == crash) throw Error("the run has died");
  };
  model.fit(pattern({8, 4, 4, 1}, -1.0F), Tensor({8, 3}, 0.25F),
            {.batch_size = 4,
             .epochs = 3,
             .verbose = 0,
             .callbacks = {callbacks::lambda({.on_epoch_begin = die}),
                           std::make_shared<callbacks::BackupAndRestore>(backup)}});
  return model;
}

TEST(WeightsFile, HoldsAllThatBackupAndRestoreNeedsToGoOn) {
  const TemporaryFolder folder;
  EXPECT_THROW(backed_up_run(folder / "backup", 2), Error);
  const Model resumed = backed_up_run(folder / "backup", -1);
  const Model unbroken = backed_up_run(folder / "other", -1);
  expect_same(resumed.get_weights(), unbroken.get_weights());
  EXPECT_EQ(resumed.optimizer().state().iterations, 6);
}

TEST(WeightsFile, MayBeAWholeModel) {
  const TemporaryFolder folder;
  const Model model = trained_sequential();
  for (const char* name : {"model.keras", "model.h5"}) {
    model.save(folder / name);
    Model other = untrained();
    other.load_weights(folder / name);
    expect_same(other.get_weights(), model.get_weights());
  }
}

// As Keras 2's save_weights() leaves it: by layers, in their order.
TEST(WeightsFile, MayBeOneOfKeras2) {
  const TemporaryFolder folder;
  const hdf5::NewFile file;
  file.root().set_texts("layer_names", {"flat", "dense_7"});
  file.root().group("flat").set_texts("weight_names", {});
  const hdf5::NewGroup dense = file.root().group("dense_7");
  dense.set_texts("weight_names", {"dense_7/kernel:0", "dense_7/bias:0"});
  dense.set_tensor("dense_7/kernel:0", pattern({4, 2}, 1.0F).view());
  dense.set_tensor("dense_7/bias:0", pattern({2}, 9.0F).view());
  write_file(folder / "weights.h5", file.bytes());
  Sequential model({layers::Input({4}), layers::Dense(2)});
  model.load_weights(folder / "weights.h5");
  expect_same(model.get_weights()[0], pattern({4, 2}, 1.0F));
  Sequential deeper({layers::Input({4}), layers::Dense(2), layers::Dense(2)});
  EXPECT_THAT([&] { deeper.load_weights(folder / "weights.h5"); },
              ThrowsMessage<Error>(HasSubstr("weights of 1 layers; the model has 2")));
}

TEST(WeightsFile, OfOtherLayersIsRefused) {
  const TemporaryFolder folder;
  trained_sequential().save_weights(folder / "w.weights.h5");
  EXPECT_THAT([&] { untrained(5).load_weights(folder / "w.weights.h5"); },
              ThrowsMessage<Error>(testing::AllOf(HasSubstr("w.weights.h5"), HasSubstr("'other_name'"))));
}

TEST(WeightsFile, MustBeNamedSo) {
  EXPECT_THAT([] { trained_sequential().save_weights("w.h5"); },
              ThrowsMessage<Error>(HasSubstr(".weights.h5")));
  const TemporaryFolder folder;
  trained_sequential().save_weights(folder / "w.weights.h5");
  EXPECT_THAT([&] { load_model(folder / "w.weights.h5"); }, ThrowsMessage<Error>(HasSubstr("weights alone")));
}

}  // namespace
}  // namespace antler
