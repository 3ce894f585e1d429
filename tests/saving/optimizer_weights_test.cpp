#include "antler/saving/optimizer_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "antler/layers/registry.h"
#include "antler/models/sequential.h"
#include "antler/saving/saving.h"
#include "tests/core/temporary_folder.h"

namespace antler::saving {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// Of one dense layer: a kernel of (2, 1) and a bias.
Model dense_model(const optimizers::Optimizer& optimizer) {
  Sequential model(
      {layers::Input({2}), layers::layer_from_config("Dense", {{"name", "dense"}, {"units", 1}})});
  model.compile({.optimizer = optimizer, .loss = "mean_squared_error", .metrics = {}});
  return model;
}

struct Named {
  std::string name;
  Tensor values;
};

// What is read where Keras left these datasets, after `iterations` updates counted under `counter`.
optimizers::State read(const Model& model, const std::string& counter, const std::vector<Named>& datasets) {
  const TemporaryFolder folder;
  const hdf5::NewFile file;
  std::vector<std::string> names = {counter};
  file.root().set_integer(counter, 5);
  for (const Named& dataset : datasets) {
    names.push_back(dataset.name);
    file.root().set_tensor(dataset.name, dataset.values.view());
  }
  file.root().set_texts("weight_names", names);
  folder.write("a.h5", file.bytes());
  return read_optimizer_weights(model, hdf5::Group::open(folder / "a.h5"));
}

const Tensor kernel({2, 1}, {1, 2});
const Tensor bias({1}, {3});

void expect_first_slot(const optimizers::State& state) {
  EXPECT_EQ(state.iterations, 5);
  ASSERT_FALSE(state.slots.empty());
  EXPECT_THAT(state.slots[0].at(0).span(), ElementsAre(1, 2));
  EXPECT_THAT(state.slots[0].at(1).span(), ElementsAre(3));
}

TEST(OptimizerWeights, AreReadAsKeras3NamesThem) {
  expect_first_slot(read(dense_model("rmsprop"), "rms_prop/iteration",
                         {{"rms_prop/learning_rate", Tensor(Shape())},
                          {"rms_prop/sequential_dense_kernel_velocity", kernel},
                          {"rms_prop/sequential_dense_bias_velocity", bias}}));
}

TEST(OptimizerWeights, AreReadAsTfKerasNamesThem) {
  const Tensor other_kernel({2, 1}, {6, 7});
  const Tensor other_bias({1}, {8});
  const optimizers::State state = read(dense_model("adam"), "iteration:0",
                                       {{"Adam/m/dense/kernel:0", kernel},
                                        {"Adam/v/dense/kernel:0", other_kernel},
                                        {"Adam/m/dense/bias:0", bias},
                                        {"Adam/v/dense/bias:0", other_bias}});
  expect_first_slot(state);
  EXPECT_THAT(state.slots.at(1)[0].span(), ElementsAre(6, 7));
}

TEST(OptimizerWeights, AreReadAsOlderKeras2NamesThem) {
  expect_first_slot(
      read(dense_model("rmsprop"), "training/RMSprop/iter:0",
           {{"training/RMSprop/dense/kernel/rms:0", kernel}, {"training/RMSprop/dense/bias/rms:0", bias}}));
}

TEST(OptimizerWeights, AreReadByPositionWhereTheirNamesTellNothing) {
  expect_first_slot(read(dense_model("rmsprop"), "RMSprop/iterations:0",
                         {{"training/RMSprop/Variable:0", kernel}, {"training/RMSprop/Variable_1:0", bias}}));
}

TEST(OptimizerWeights, OfAnotherOptimizerLetItStartAnew) {
  const optimizers::State state = read(dense_model("adam"), "iteration:0", {{"what/is:0", kernel}});
  EXPECT_EQ(state.iterations, 5);
  EXPECT_TRUE(state.slots.empty());
}

TEST(OptimizerWeights, OfAnotherShapeAreRefused) {
  EXPECT_THAT(
      [] {
        read(dense_model("rmsprop"), "iteration:0",
             {{"RMSprop/velocity/dense/kernel:0", bias}, {"RMSprop/velocity/dense/bias:0", bias}});
      },
      ThrowsMessage<Error>(HasSubstr("'RMSprop/velocity/dense/kernel:0' has shape (1,)")));
}

TEST(OptimizerWeights, AreWrittenInTheOrderOfKeras3) {
  Model model = dense_model("adam");
  model.optimizer().state() = {.iterations = 5, .slots = {{kernel, bias}, {kernel, bias}}};
  const TemporaryFolder folder;
  model.save(folder / "a.h5");
  EXPECT_THAT(
      hdf5::Group::open(folder / "a.h5").group("antler_optimizer_weights").texts("weight_names"),
      ElementsAre("adam/iteration", "adam/learning_rate", "adam/dense_kernel_momentum",
                  "adam/dense_kernel_velocity", "adam/dense_bias_momentum", "adam/dense_bias_velocity"));
}

TEST(OptimizerWeights, OfAModelFromKeras2AreWrittenWhereKeras2LooksForThem) {
  Model model = dense_model("rmsprop");
  const Json config = Json::parse(R"({"loss": "mean_squared_error", "metrics": null, "optimizer_config":
    {"class_name": "Custom>RMSprop", "config": {"name": "RMSprop", "is_legacy_optimizer": false}}})");
  model.compile(training_from_config(config, model, Flavour::keras2));
  model.optimizer().state() = {.iterations = 5, .slots = {{kernel, bias}}};
  const TemporaryFolder folder;
  model.save(folder / "a.h5");
  EXPECT_THAT(hdf5::Group::open(folder / "a.h5").group("optimizer_weights").texts("weight_names"),
              ElementsAre("iteration:0", "RMSprop/velocity/dense/kernel:0", "RMSprop/velocity/dense/bias:0"));
  const Model loaded = load_model(folder / "a.h5");
  expect_first_slot(loaded.optimizer().state());
  EXPECT_EQ(flavour_of(loaded.optimizer()), Flavour::keras2);
}

}  // namespace
}  // namespace antler::saving
