#include "antler/saving/legacy_h5.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <iterator>

#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/layers/input.h"
#include "antler/layers/registry.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"
#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"
#include "antler/saving/saving.h"
#include "tests/core/temporary_folder.h"

namespace antler {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

layers::Layer layer(const std::string& class_name, const Json& config = Json::object()) {
  return layers::layer_from_config(class_name, config);
}

// Numbers that float32 does not round, different in each place.
Tensor pattern(const Shape& shape, float start) {
  Tensor values(shape);
  for (int64_t i = 0; i < values.size(); ++i) values[i] = start + 0.125F * static_cast<float>(i);
  return values;
}

void fill_weights(const Model& model) {
  float start = 1.0F;
  for (const layers::Layer& each : model.layers()) {
    for (layers::Weight& weight : each.base().weights) weight.value = pattern(weight.value.shape(), start++);
  }
}

// As if it had been trained for seven batches and then cut.
void fill_training_state(Model& model) {
  optimizers::State& state = model.optimizer().state();
  state.iterations = 7;
  for (size_t slot = 0; slot < model.optimizer().rule().slots().size(); ++slot) {
    std::vector<Tensor> values;
    for (const layers::Weight* weight : model.trainable_weights()) {
      values.push_back(pattern(weight->value.shape(), 100.0F * static_cast<float>(slot + 1)));
    }
    state.slots.push_back(std::move(values));
  }
  TrainingProgress progress{.epoch = 1, .batch = 3, .sums = {{0.1, 3.0}, {2.0 / 3.0, 7.0}}, .history = {}};
  progress.history.append(0, {{"accuracy", 0.3}, {"loss", 1.0 / 3.0}}, 0.7);
  model.set_training_progress(progress);
}

Model sequential(const CompileOptions& options = {.metrics = {"accuracy"}}) {
  Sequential model({layers::Input({4, 4, 1}), layer("Conv2D", {{"filters", 2}, {"kernel_size", {2, 2}}}),
                    layer("Activation", {{"activation", "relu"}}), layer("BatchNormalization", {{"axis", 1}}),
                    layer("Flatten"), layer("Dense", {{"units", 3}, {"activation", "softmax"}})},
                   "small");
  fill_weights(model);
  model.set_seed(12345678901234567890U);
  model.compile(options);
  fill_training_state(model);
  return model;
}

// Two branches of different length, each with an output; the calls stand in an order that is not Keras's.
Model functional() {
  const layers::Layer in = layers::Input({5}, "in");
  const auto dense = [](const std::string& name) { return layer("Dense", {{"name", name}, {"units", 3}}); };
  Model model("branched", {{in, {}}, {dense("short"), {0}}, {dense("first"), {0}}, {dense("second"), {2}}},
              {0}, {1, 3});
  fill_weights(model);
  model.compile({.optimizer = "adam", .loss = "mean_squared_error", .metrics = {}});
  fill_training_state(model);
  return model;
}

void expect_same(const Tensor& a, const Tensor& b) {
  EXPECT_EQ(a.shape(), b.shape());
  EXPECT_THAT(a.span(), ElementsAreArray(b.span()));
}

void expect_same(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) expect_same(a[i], b[i]);
}

void expect_same_state(const optimizers::Optimizer& a, const optimizers::Optimizer& b) {
  EXPECT_EQ(a.config(), b.config());
  EXPECT_EQ(a.learning_rate(), b.learning_rate());
  EXPECT_EQ(a.state().iterations, b.state().iterations);
  ASSERT_EQ(a.state().slots.size(), b.state().slots.size());
  for (size_t slot = 0; slot < a.state().slots.size(); ++slot)
    expect_same(a.state().slots[slot], b.state().slots[slot]);
}

Model saved_and_loaded(const Model& model) {
  const TemporaryFolder folder;
  model.save(folder / "model.h5");
  return load_model(folder / "model.h5");
}

TEST(LegacyH5, KeepsASequentialWithAllItsWeights) {
  const Model model = sequential();
  const Model loaded = saved_and_loaded(model);
  EXPECT_EQ(loaded.class_name(), "Sequential");
  EXPECT_EQ(loaded.name(), "small");
  EXPECT_EQ(loaded.seed(), model.seed());
  EXPECT_EQ(loaded.input_shape(), (Shape{Shape::unknown, 4, 4, 1}));
  ASSERT_EQ(loaded.layers().size(), 5U);
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(loaded.layers()[i].name(), model.layers()[i].name());
    EXPECT_EQ(loaded.layers()[i].base().config(), model.layers()[i].base().config());
  }
  expect_same(loaded.get_weights(), model.get_weights());
}

TEST(LegacyH5, KeepsTheStateOfEachOptimizer) {
  for (const optimizers::Optimizer& optimizer :
       {optimizers::RMSprop(),
        optimizers::RMSprop({.learning_rate = 1e-4, .momentum = 0.5, .centered = true}),
        optimizers::Adam({.learning_rate = 0.1}), optimizers::Adam({.amsgrad = true}), optimizers::SGD(),
        optimizers::SGD({.momentum = 0.9, .nesterov = true})}) {
    const Model model = sequential({.optimizer = optimizer, .metrics = {}});
    expect_same_state(saved_and_loaded(model).optimizer(), model.optimizer());
  }
}

TEST(LegacyH5, KeepsAFunctionalModelAndItsOrderOfCalls) {
  const Model model = functional();
  const Model loaded = saved_and_loaded(model);
  EXPECT_EQ(loaded.class_name(), "Functional");
  ASSERT_EQ(loaded.calls().size(), 4U);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(loaded.calls()[i].layer.name(), model.calls()[i].layer.name());
    EXPECT_EQ(loaded.calls()[i].inputs, model.calls()[i].inputs);
  }
  expect_same(loaded.get_weights(), model.get_weights());
  expect_same_state(loaded.optimizer(), model.optimizer());
}

TEST(LegacyH5, KeepsALayerThatIsAppliedTwice) {
  const layers::Layer shared = layer("Dense", {{"name", "shared"}, {"units", 3}});
  const Model model("twice", {{layers::Input({3}), {}}, {shared, {0}}, {shared, {1}}}, {0}, {1, 2});
  const Model loaded = saved_and_loaded(model);
  ASSERT_EQ(loaded.calls().size(), 3U);
  EXPECT_EQ(&loaded.calls()[1].layer.base(), &loaded.calls()[2].layer.base());
  EXPECT_EQ(loaded.outputs(), (std::vector<Model::Source>{1, 2}));
}

TEST(LegacyH5, KeepsHowFarACutRunHadCome) {
  const Model model = sequential();
  const Model loaded = saved_and_loaded(model);
  ASSERT_TRUE(loaded.training_progress().has_value());
  const TrainingProgress& progress = *loaded.training_progress();
  EXPECT_EQ(progress.epoch, 1);
  EXPECT_EQ(progress.batch, 3);
  EXPECT_EQ(progress.sums, model.training_progress()->sums);
  EXPECT_EQ(progress.history.epoch, model.training_progress()->history.epoch);
  EXPECT_EQ(progress.history.history, model.training_progress()->history.history);
  EXPECT_EQ(progress.history.seconds, model.training_progress()->history.seconds);
}

TEST(LegacyH5, KeepsAModelThatIsNotCompiled) {
  const Model model = Sequential({layers::Input({3}), layer("Dense", {{"units", 2}})});
  EXPECT_FALSE(saved_and_loaded(model).is_compiled());
}

TEST(LegacyH5, GivesTheSameBytesForTheSameModel) {
  const Model model = sequential();
  const std::string bytes = saving::legacy_h5_bytes(model);
  EXPECT_EQ(bytes, saving::legacy_h5_bytes(model));
  const TemporaryFolder folder;
  folder.write("model.h5", bytes);
  EXPECT_EQ(saving::legacy_h5_bytes(load_model(folder / "model.h5")), bytes);
}

TEST(LegacyH5, HidesOptimizerStateFromKeras3WhichCouldNotTrainOn) {
  const TemporaryFolder folder;
  sequential().save(folder / "model.h5");
  const hdf5::Group root = hdf5::Group::open(folder / "model.h5");
  EXPECT_FALSE(root.contains("optimizer_weights"));
  EXPECT_TRUE(root.contains("antler_optimizer_weights"));
}

TEST(LegacyH5, RefusesAFileCutShortAnywhere) {
  const TemporaryFolder folder;
  const std::string whole = saving::legacy_h5_bytes(sequential());
  for (size_t length = 0; length < whole.size(); length += 503) {
    folder.write("model.h5", whole.substr(0, length));
    EXPECT_THROW(load_model(folder / "model.h5"), Error) << length;
  }
}

// A file with this configuration, and with a dense layer's weights of these shapes.
void write_model(const std::filesystem::path& path, const std::string& config, const Shape& kernel,
                 const Shape& bias) {
  const hdf5::NewFile file;
  if (!config.empty()) file.root().set_text("model_config", config);
  const hdf5::NewGroup weights = file.root().group("model_weights");
  weights.set_texts("layer_names", {"dense"});
  const hdf5::NewGroup dense = weights.group("dense");
  dense.set_texts("weight_names", {"dense/kernel:0", "dense/bias:0"});
  dense.set_tensor("dense/kernel:0", Tensor(kernel).view());
  dense.set_tensor("dense/bias:0", Tensor(bias).view());
  write_file(path, file.bytes());
}

std::string config_of(const std::string& class_name, const std::string& config) {
  return R"({"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "InputLayer", "config":
    {"batch_input_shape": [null, 4], "name": "in"}}, {"class_name": ")" +
         class_name + R"(", "config": )" + config + "}]}}";
}

TEST(LegacyH5, NamesTheLayerWhoseWeightsHaveAnotherShape) {
  const TemporaryFolder folder;
  const std::string config = config_of("Dense", R"({"name": "dense", "units": 3})");
  write_model(folder / "good.h5", config, {4, 3}, {3});
  EXPECT_EQ(load_model(folder / "good.h5").count_params(), 15);
  write_model(folder / "bad.h5", config, {3, 4}, {3});
  EXPECT_THAT([&] { load_model(folder / "bad.h5"); },
              ThrowsMessage<Error>(::testing::AllOf(HasSubstr("bad.h5"), HasSubstr("layer 'dense' (Dense)"),
                                                    HasSubstr("(3, 4)"), HasSubstr("(4, 3)"))));
}

TEST(LegacyH5, NamesTheLayerWhoseWeightsAreMissing) {
  const TemporaryFolder folder;
  write_model(folder / "bad.h5", config_of("Dense", R"({"name": "other", "units": 3})"), {4, 3}, {3});
  EXPECT_THAT([&] { load_model(folder / "bad.h5"); },
              ThrowsMessage<Error>(HasSubstr("the weights of layer 'other' (Dense) are missing")));
}

TEST(LegacyH5, BuildsNoLayerThatTheFileCannotHoldTheWeightsOf) {
  const TemporaryFolder folder;
  write_model(folder / "bad.h5", config_of("Dense", R"({"name": "dense", "units": 2000000})"), {4, 3}, {3});
  EXPECT_THAT([&] { load_model(folder / "bad.h5"); },
              ThrowsMessage<Error>(HasSubstr("more weights than the file")));
}

TEST(LegacyH5, BuildsNoLayerWhoseWeightsAreAsLargeAsItsInputUnlessTheFileHoldsThem) {
  const TemporaryFolder folder;
  for (const std::string layer :
       {R"("BatchNormalization", "config": {"name": "dense", "axis": [3], "gamma_initializer": "ones"})",
        R"("PReLU", "config": {"name": "dense", "shared_axes": null, "alpha_initializer": "zeros"})",
        R"("Conv2D", "config": {"name": "dense", "filters": 1, "kernel_size": 100})"}) {
    write_model(
        folder / "bad.h5",
        R"({"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "InputLayer",
                "config": {"batch_input_shape": [null, 20, 20, 500000], "name": "in"}}, {"class_name": )" +
            layer + "}]}}",
        {4, 3}, {3});
    EXPECT_THAT([&] { load_model(folder / "bad.h5"); },
                ThrowsMessage<Error>(HasSubstr("more weights than the file")))
        << layer;
  }
}

TEST(LegacyH5, RefusesLayersThatShareTheirWeightsThroughLinks) {
  const TemporaryFolder folder;
  write_model(
      folder / "bad.h5",
      R"({"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "InputLayer", "config":
    {"batch_input_shape": [null, 200], "name": "in"}}, {"class_name": "Dense", "config": {"name": "dense", "units": 200}},
    {"class_name": "Dense", "config": {"name": "again", "units": 200}}]}})",
      {200, 200}, {200});
  {
    const hdf5::Id file(H5Fopen((folder / "bad.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    H5Lcreate_hard(file.get(), "/model_weights/dense", file.get(), "/model_weights/again", H5P_DEFAULT,
                   H5P_DEFAULT);
  }
  EXPECT_THAT([&] { load_model(folder / "bad.h5"); },
              ThrowsMessage<Error>(HasSubstr("the weights of layer 'again' are those of other layers too")));
}

TEST(LegacyH5, RefusesALambda) {
  const TemporaryFolder folder;
  write_model(folder / "bad.h5", config_of("Lambda", R"({"name": "evil", "function": ["4wE=", null, null]})"),
              {1}, {1});
  EXPECT_THAT([&] { load_model(folder / "bad.h5"); },
              ThrowsMessage<Error>(::testing::AllOf(HasSubstr("bad.h5"), HasSubstr("Lambda"))));
}

TEST(LegacyH5, RefusesLayersThatFeedEachOtherInACircle) {
  const TemporaryFolder folder;
  write_model(folder / "bad.h5", R"({"class_name": "Functional", "config": {"name": "m", "layers": [
    {"class_name": "Flatten", "name": "a", "config": {"name": "a"}, "inbound_nodes": [[["b", 0, 0, {}]]]},
    {"class_name": "Flatten", "name": "b", "config": {"name": "b"}, "inbound_nodes": [[["a", 0, 0, {}]]]}],
    "input_layers": [], "output_layers": [["a", 0, 0]]}})",
              {1}, {1});
  EXPECT_THAT([&] { load_model(folder / "bad.h5"); }, ThrowsMessage<Error>(HasSubstr("circle")));
}

TEST(LegacyH5, RefusesAFileThatHoldsNoModel) {
  const TemporaryFolder folder;
  write_model(folder / "weights.h5", "", {4, 3}, {3});
  EXPECT_THAT([&] { load_model(folder / "weights.h5"); }, ThrowsMessage<Error>(HasSubstr("holds no model")));
  write_model(folder / "odd.h5", R"({"class_name": 3})", {4, 3}, {3});
  EXPECT_THAT([&] { load_model(folder / "odd.h5"); }, ThrowsMessage<Error>(HasSubstr("odd.h5")));
}

TEST(LegacyH5, RefusesOtherEndings) {
  const TemporaryFolder folder;
  write_file(folder / "model.onnx", "");
  EXPECT_THAT([&] { load_model(folder / "model.onnx"); }, ThrowsMessage<Error>(HasSubstr("'.onnx'")));
  EXPECT_THAT([] { sequential().save("model"); }, ThrowsMessage<Error>(HasSubstr(".h5")));
}

// Files may not grow beyond `bytes` while it lives: writing fails as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limited{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limited);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit old_{};
};

TEST(LegacyH5, LeavesTheOldFileWhereTheNewOneCannotBeWritten) {
  const TemporaryFolder folder;
  folder.write("model.h5", "old");
  {
    const FileSizeLimit limit(1000);
    EXPECT_THROW(sequential().save(folder / "model.h5"), Error);
  }
  EXPECT_EQ(folder.read("model.h5"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(LegacyH5, SaysThatTheFolderIsMissing) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { sequential().save(folder / "none" / "model.h5"); },
              ThrowsMessage<Error>(HasSubstr("none/model.h5")));
}

}  // namespace
}  // namespace antler
