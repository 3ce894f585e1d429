#include "antler/saving/keras_file.h"

#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"
#include "antler/saving/saving.h"
#include "antler/saving/zip.h"
#include "tests/core/temporary_folder.h"
#include "tests/saving/small_models.h"

namespace antler {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

Model saved_and_loaded(const Model& model) {
  const TemporaryFolder folder;
  model.save(folder / "model.keras");
  return load_model(folder / "model.keras");
}

TEST(KerasFile, KeepsASequentialWithWeightsAndOptimizer) {
  const Model model = trained_sequential();
  const Model loaded = saved_and_loaded(model);
  EXPECT_EQ(loaded.class_name(), "Sequential");
  EXPECT_EQ(loaded.name(), "small");
  EXPECT_EQ(loaded.seed(), model.seed());
  expect_same(loaded.get_weights(), model.get_weights());
  expect_same_state(loaded.optimizer(), model.optimizer());
  EXPECT_EQ(loaded.loss().name(), "categorical_crossentropy");
  ASSERT_EQ(loaded.metrics().size(), 1U);
  EXPECT_EQ(loaded.metrics()[0].name(), "accuracy");
}

TEST(KerasFile, KeepsBranchesNestedModelsAndWhatIsFrozen) {
  const Model model = branched();
  const Model loaded = saved_and_loaded(model);
  expect_same(loaded.get_weights(), model.get_weights());
  EXPECT_EQ(loaded.trainable_weights().size(), model.trainable_weights().size());
  const std::vector<Tensor> x = {pattern({2, 4}, 0.0F), pattern({2, 4}, 1.0F)};
  expect_same(Model(loaded).predict_outputs(x), Model(model).predict_outputs(x));
}

TEST(KerasFile, KeepsHowFarACutRunHadCome) {
  Model model = trained_sequential();
  model.set_training_progress(TrainingProgress{.epoch = 1, .batch = 3, .sums = {{0.1, 3.0}}, .history = {}});
  const Model loaded = saved_and_loaded(model);
  ASSERT_TRUE(loaded.training_progress().has_value());
  EXPECT_EQ(loaded.training_progress()->batch, 3);
  EXPECT_EQ(loaded.training_progress()->sums, model.training_progress()->sums);
}

TEST(KerasFile, GivesTheSameBytesForTheSameModel) {
  const Model model = trained_sequential();
  const std::string bytes = saving::keras_file_bytes(model);
  EXPECT_EQ(bytes, saving::keras_file_bytes(model));
  EXPECT_EQ(saving::keras_file_bytes(saved_and_loaded(model)), bytes);
}

TEST(KerasFile, HasTheMembersAndVariablesOfKeras) {
  const TemporaryFolder folder;
  trained_sequential().save(folder / "model.keras");
  const saving::ZipArchive archive(folder / "model.keras");
  EXPECT_THAT(std::string(archive.read("metadata.json").text()), HasSubstr(R"("keras_version": "3.15.1")"));
  const hdf5::Group root = hdf5::Group::parse(archive.read("model.weights.h5"), "weights");
  EXPECT_EQ(root.group("vars").text("name"), "small");
  EXPECT_EQ(root.shape("layers/conv2d/vars/0"), Shape({2, 2, 1, 2}));
  EXPECT_EQ(root.shape("layers/batch_normalization/vars/3"), Shape({3}));
  EXPECT_TRUE(root.contains("layers/flatten/vars") || root.group("layers/flatten").contains("vars"));
  EXPECT_EQ(root.integer("optimizer/vars/0"), 2);
  EXPECT_EQ(root.group("optimizer/vars").members().size(), 2U + 2U * 6U);
}

TEST(KerasFile, NumbersLayersByTheirClassWhateverTheirNames) {
  const TemporaryFolder folder;
  branched().save(folder / "model.keras");
  const hdf5::Group root =
      hdf5::Group::parse(saving::ZipArchive(folder / "model.keras").read("model.weights.h5"), "weights");
  EXPECT_EQ(root.group("layers/functional/layers/dense/vars").text("name"), "frozen");
  EXPECT_EQ(root.group("layers/functional/layers/dense_1/vars").text("name"), "open");
  EXPECT_EQ(root.group("layers/sequential/layers/dense/vars").text("name"), "stacked");
  EXPECT_EQ(root.group("layers/dense/vars").text("name"), "shared");
}

TEST(KerasFile, WritesThresholdedReluAsTheReluThatItIs) {
  const Sequential model({layers::Input({3}), layers::ThresholdedReLU(0.5)});
  const Model loaded = saved_and_loaded(model);
  EXPECT_EQ(loaded.layers()[0].class_name(), "ReLU");
  const Tensor x({1, 3}, {0.25F, 0.5F, 0.75F});
  expect_same(Model(loaded).predict(x), Model(model).predict(x));
}

// A file with this config.json, and with a dense layer's weights.
void write_file_of(const std::filesystem::path& path, const std::string& config) {
  const hdf5::NewFile weights;
  weights.root().set_tensor("layers/dense/vars/0", Tensor({4, 3}).view());
  weights.root().set_tensor("layers/dense/vars/1", Tensor({3}).view());
  write_file(path,
             saving::zip_bytes(
                 {{"metadata.json", "{}"}, {"config.json", config}, {"model.weights.h5", weights.bytes()}}));
}

std::string config_of(const std::string& class_name, const std::string& config,
                      const std::string& module = "keras.layers") {
  return R"({"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 4], "name": "in"}},
    {"module": ")" +
         module + R"(", "class_name": ")" + class_name + R"(", "config": )" + config + "}]}}";
}

class HostileKerasFile : public testing::Test {
 protected:
  void expect_error(const std::string& config, const std::string& part) {
    write_file_of(folder_ / "bad.keras", config);
    EXPECT_THAT([&] { load_model(folder_ / "bad.keras"); },
                ThrowsMessage<Error>(AllOf(HasSubstr("bad.keras"), HasSubstr(part))));
  }
  TemporaryFolder folder_;
};

TEST_F(HostileKerasFile, IsReadWhereNothingIsWrong) {
  write_file_of(folder_ / "good.keras", config_of("Dense", R"({"name": "dense", "units": 3})"));
  EXPECT_EQ(load_model(folder_ / "good.keras").count_params(), 15);
}

TEST_F(HostileKerasFile, WithALambdaIsRefused) {
  expect_error(config_of("Lambda", R"({"name": "evil", "function": {"class_name": "__lambda__"}})"),
               "Lambda");
}

TEST_F(HostileKerasFile, WithAClassOfAnotherModuleIsRefused) {
  expect_error(config_of("Dense", R"({"name": "dense", "units": 3})", "os"), "module 'os'");
}

TEST_F(HostileKerasFile, WithAnUnknownClassIsRefused) {
  expect_error(config_of("Oracle", R"({"name": "delphi"})"), "'Oracle'");
}

TEST_F(HostileKerasFile, BuildsNoLayerThatTheFileCannotHoldTheWeightsOf) {
  expect_error(config_of("Dense", R"({"name": "dense", "units": 2000000000})"), "more weights than the file");
}

TEST_F(HostileKerasFile, WithWeightsOfAnotherShapeIsRefused) {
  expect_error(config_of("Dense", R"({"name": "dense", "units": 5})"),
               "layer 'dense' (Dense) has shape (4, 3); expected (4, 5)");
}

TEST_F(HostileKerasFile, WithoutALayersWeightsIsRefused) {
  expect_error(config_of("PReLU", R"({"name": "p"})"), "the weights of layer 'p' (PReLU) are missing");
}

TEST_F(HostileKerasFile, WithoutAMemberIsRefused) {
  write_file(folder_ / "bad.keras", saving::zip_bytes({{"metadata.json", "{}"}}));
  EXPECT_THAT([&] { load_model(folder_ / "bad.keras"); },
              ThrowsMessage<Error>(HasSubstr("no member 'config.json'")));
}

TEST_F(HostileKerasFile, OfDeepOrOddJsonIsRefused) {
  expect_error(std::string(10000, '['), "deeper than 64 levels");
  expect_error(R"({"class_name": 3})", "config");
  expect_error("[]", "config");
}

TEST_F(HostileKerasFile, CutShortAnywhereIsRefused) {
  const std::string whole = saving::keras_file_bytes(trained_sequential());
  for (size_t length = 0; length < whole.size(); length += 509) {
    folder_.write("bad.keras", whole.substr(0, length));
    EXPECT_THROW(load_model(folder_ / "bad.keras"), Error) << length;
  }
}

}  // namespace
}  // namespace antler
