#include "antler/saving/optimizer_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "antler/layers/registry.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"
#include "antler/saving/optimizer_config.h"
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

// As dense_model(), after `calls` of apply() with gradients that differ in each place.
Model trained(const optimizers::Optimizer& optimizer, int calls = 3) {
  Model model = dense_model(optimizer);
  std::vector<View> weights;
  for (layers::Weight* weight : model.trainable_weights()) weights.push_back(weight->value.view());
  for (int call = 0; call < calls; ++call)
    model.optimizer().apply(weights, std::vector<ConstView>{kernel.view(), bias.view()});
  return model;
}

// Keras 3's names without the optimizer's, or tf-keras's without the class's.
std::vector<std::string> names_of(const Model& model) {
  std::vector<std::string> names;
  for (const OptimizerVariable& variable : optimizer_variables(model))
    names.push_back(variable.name.substr(variable.name.find('/') + 1));
  return names;
}

TEST(OptimizerVariables, AreThoseOfKeras3InItsOrder) {
  EXPECT_THAT(names_of(trained(optimizers::SGD())), ElementsAre("iteration", "learning_rate"));
  EXPECT_THAT(names_of(trained(optimizers::SGD({.momentum = 0.9}))),
              ElementsAre("iteration", "learning_rate", "dense_kernel_momentum", "dense_bias_momentum"));
  EXPECT_THAT(names_of(trained(optimizers::RMSprop({.momentum = 0.5, .centered = true}))),
              ElementsAre("iteration", "learning_rate", "dense_kernel_velocity", "dense_bias_velocity",
                          "dense_kernel_momentum", "dense_bias_momentum", "dense_kernel_average_gradient",
                          "dense_bias_average_gradient"));
  EXPECT_THAT(names_of(trained(optimizers::AdamW())),
              ElementsAre("iteration", "learning_rate", "dense_kernel_momentum", "dense_kernel_velocity",
                          "dense_bias_momentum", "dense_bias_velocity"));
  EXPECT_THAT(names_of(trained(optimizers::Adamax())),
              ElementsAre("iteration", "learning_rate", "dense_kernel_momentum", "dense_kernel_norm",
                          "dense_bias_momentum", "dense_bias_norm"));
  EXPECT_THAT(names_of(trained(optimizers::Nadam())),
              ElementsAre("iteration", "learning_rate", "dense_kernel_momentum", "dense_kernel_velocity",
                          "dense_bias_momentum", "dense_bias_velocity", "variable"));
  EXPECT_THAT(
      names_of(trained(optimizers::Adagrad())),
      ElementsAre("iteration", "learning_rate", "dense_kernel_accumulator", "dense_bias_accumulator"));
  EXPECT_THAT(names_of(trained(optimizers::Adadelta())),
              ElementsAre("iteration", "learning_rate", "dense_kernel_accumulated_grad",
                          "dense_kernel_accumulated_delta_var", "dense_bias_accumulated_grad",
                          "dense_bias_accumulated_delta_var"));
  EXPECT_THAT(names_of(trained(optimizers::Lion())),
              ElementsAre("iteration", "learning_rate", "dense_kernel_momentum", "dense_bias_momentum"));
  EXPECT_THAT(names_of(trained(optimizers::Ftrl())),
              ElementsAre("iteration", "learning_rate", "dense_kernel_accumulator", "dense_kernel_linear",
                          "dense_bias_accumulator", "dense_bias_linear"));
}

TEST(OptimizerVariables, BeginWithAveragesAndAccumulatedGradients) {
  EXPECT_THAT(names_of(trained(optimizers::Adam({.learning_rate = optimizers::CosineDecay(0.1, 10),
                                                 .amsgrad = true,
                                                 .use_ema = true,
                                                 .gradient_accumulation_steps = 2}))),
              ElementsAre("iteration", "dense_kernel_average", "dense_bias_average",
                          "dense_kernel_gradient_accumulator", "dense_bias_gradient_accumulator",
                          "dense_kernel_momentum", "dense_kernel_velocity", "dense_bias_momentum",
                          "dense_bias_velocity", "dense_kernel_velocity_hat", "dense_bias_velocity_hat"));
}

TEST(OptimizerVariables, AreTwoBeforeTheFirstUpdate) {
  EXPECT_THAT(names_of(dense_model("adam")), ElementsAre("iteration", "learning_rate"));
}

TEST(OptimizerVariables, HoldNadamsProductOfMomenta) {
  const std::vector<OptimizerVariable> variables = optimizer_variables(trained(optimizers::Nadam()));
  EXPECT_FLOAT_EQ(std::get<Tensor>(variables.back().value)[0], 0.113979928F);
}

std::vector<optimizers::Optimizer> one_of_each() {
  using namespace optimizers;
  return {Adadelta(),
          Adagrad(),
          Adam({.amsgrad = true, .use_ema = true}),
          AdamW({.gradient_accumulation_steps = 2}),
          Adamax(),
          Ftrl(),
          Lion({.clipnorm = 1.0}),
          Nadam(),
          RMSprop({.momentum = 0.5, .centered = true}),
          SGD({.learning_rate = ExponentialDecay(0.5, 3, 0.5), .momentum = 0.5})};
}

TEST(OptimizerVariables, ComeBackAsTheyWere) {
  for (const optimizers::Optimizer& optimizer : one_of_each()) {
    const Model model = trained(optimizer);
    Model other = dense_model(optimizer);
    ASSERT_TRUE(set_optimizer_variables(other, optimizer_variables(model))) << optimizer.name();
    const std::vector<OptimizerVariable> before = optimizer_variables(model);
    const std::vector<OptimizerVariable> after = optimizer_variables(other);
    ASSERT_EQ(before.size(), after.size());
    EXPECT_EQ(other.optimizer().state().iterations, 3);
    for (size_t i = 1; i < before.size(); ++i) {
      EXPECT_THAT(std::get<Tensor>(after[i].value).span(),
                  testing::ElementsAreArray(std::get<Tensor>(before[i].value).span()))
          << before[i].name;
    }
  }
}

TEST(OptimizerVariables, BringTheLearningRate) {
  Model model = dense_model("sgd");
  EXPECT_TRUE(set_optimizer_variables(
      model, {{.name = "0", .value = int64_t{7}}, {.name = "1", .value = Tensor(Shape(), 0.5F)}}));
  EXPECT_EQ(model.optimizer().learning_rate(), 0.5);
  EXPECT_EQ(model.optimizer().state().iterations, 7);
}

TEST(OptimizerVariables, OfAnotherNumberLetTheOptimizerStartAnew) {
  Model model = dense_model("adam");
  EXPECT_FALSE(set_optimizer_variables(model, optimizer_variables(trained(optimizers::SGD()))));
  EXPECT_EQ(model.optimizer().state().iterations, 0);
}

TEST(OptimizerVariables, OfAnotherKindAreRefused) {
  Model model = dense_model("sgd");
  const OptimizerVariable count{.name = "0", .value = int64_t{7}};
  const OptimizerVariable number{.name = "1", .value = Tensor(Shape())};
  const OptimizerVariable list{.name = "1", .value = Tensor({2})};
  EXPECT_THAT(
      [&] {
        set_optimizer_variables(model, {number, number});
      },
      ThrowsMessage<Error>(HasSubstr("'1' is no whole number")));
  EXPECT_THAT(
      [&] {
        set_optimizer_variables(model, {count, count});
      },
      ThrowsMessage<Error>(HasSubstr("'0' is a whole number; expected floats")));
  EXPECT_THAT(
      [&] {
        set_optimizer_variables(model, {count, list});
      },
      ThrowsMessage<Error>(HasSubstr("'1' has shape (2,); expected ()")));
}

TEST(OptimizerWeights, OfEachOptimizerComeBackFromAFile) {
  for (const optimizers::Optimizer& optimizer : one_of_each()) {
    const Model model = trained(optimizer);
    const TemporaryFolder folder;
    model.save(folder / "a.h5");
    const Model loaded = load_model(folder / "a.h5");
    EXPECT_EQ(loaded.optimizer().config(), optimizer.config());
    const std::vector<OptimizerVariable> before = optimizer_variables(model);
    const std::vector<OptimizerVariable> after = optimizer_variables(loaded);
    ASSERT_EQ(before.size(), after.size()) << optimizer.name();
    EXPECT_EQ(loaded.optimizer().state().iterations, 3);
    for (size_t i = 1; i < before.size(); ++i) {
      EXPECT_THAT(std::get<Tensor>(after[i].value).span(),
                  testing::ElementsAreArray(std::get<Tensor>(before[i].value).span()))
          << before[i].name;
    }
  }
}

// What tf-keras calls the variables of an optimizer that came from it.
std::vector<std::string> tf_keras_names(const std::string& class_name,
                                        const Json& settings = Json::object()) {
  Json config = {{"is_legacy_optimizer", false}};
  config.update(settings);
  const Json saved = {{"loss", "mse"},
                      {"optimizer_config", {{"class_name", "Custom>" + class_name}, {"config", config}}}};
  const Model other = dense_model("sgd");
  const Model model = trained(training_from_config(saved, other, Flavour::keras2).optimizer);
  const hdf5::NewFile file;
  write_optimizer_weights(model, Flavour::keras2, file.root());
  const TemporaryFolder folder;
  folder.write("a.h5", file.bytes());
  return hdf5::Group::open(folder / "a.h5").texts("weight_names");
}

TEST(OptimizerWeights, AreNamedAndOrderedAsInTfKeras) {
  EXPECT_THAT(tf_keras_names("Adam", {{"amsgrad", true}, {"use_ema", true}}),
              ElementsAre("iteration:0", "Adam/average/dense/kernel:0", "Adam/average/dense/bias:0",
                          "Adam/m/dense/kernel:0", "Adam/v/dense/kernel:0", "Adam/m/dense/bias:0",
                          "Adam/v/dense/bias:0", "Adam/vhat/dense/kernel:0", "Adam/vhat/dense/bias:0"));
  EXPECT_THAT(tf_keras_names("AdamW"),
              ElementsAre("iteration:0", "AdamW/m/dense/kernel:0", "AdamW/v/dense/kernel:0",
                          "AdamW/m/dense/bias:0", "AdamW/v/dense/bias:0"));
  EXPECT_THAT(tf_keras_names("Adamax"),
              ElementsAre("iteration:0", "Adamax/m/dense/kernel:0", "Adamax/u/dense/kernel:0",
                          "Adamax/m/dense/bias:0", "Adamax/u/dense/bias:0"));
  EXPECT_THAT(tf_keras_names("Nadam"),
              ElementsAre("iteration:0", "Nadam/m/dense/kernel:0", "Nadam/v/dense/kernel:0",
                          "Nadam/m/dense/bias:0", "Nadam/v/dense/bias:0"));
  EXPECT_THAT(
      tf_keras_names("Adadelta"),
      ElementsAre("iteration:0", "Adadelta/accumulated_grad/dense/kernel:0",
                  "Adadelta/accumulated_delta_var/dense/kernel:0", "Adadelta/accumulated_grad/dense/bias:0",
                  "Adadelta/accumulated_delta_var/dense/bias:0"));
  EXPECT_THAT(tf_keras_names("Ftrl"),
              ElementsAre("iteration:0", "Ftrl/accumulator/dense/kernel:0", "Ftrl/linear/dense/kernel:0",
                          "Ftrl/accumulator/dense/bias:0", "Ftrl/linear/dense/bias:0"));
  EXPECT_THAT(tf_keras_names("Lion"),
              ElementsAre("iteration:0", "Lion/m/dense/kernel:0", "Lion/m/dense/bias:0"));
}

TEST(OptimizerWeights, AreReadFromTheOlderOptimizersOfKeras2) {
  expect_first_slot(read(dense_model("adamax"), "Adamax/iter:0",
                         {{"Adamax/dense/kernel/m:0", kernel},
                          {"Adamax/dense/bias/m:0", bias},
                          {"Adamax/dense/kernel/v:0", kernel},
                          {"Adamax/dense/bias/v:0", bias}}));
  expect_first_slot(read(dense_model("adadelta"), "Adadelta/iter:0",
                         {{"Adadelta/dense/kernel/accum_grad:0", kernel},
                          {"Adadelta/dense/bias/accum_grad:0", bias},
                          {"Adadelta/dense/kernel/accum_var:0", kernel},
                          {"Adadelta/dense/bias/accum_var:0", bias}}));
  expect_first_slot(read(dense_model("nadam"), "Nadam/iter:0",
                         {{"Nadam/momentum_cache:0", Tensor(Shape())},
                          {"Nadam/dense/kernel/m:0", kernel},
                          {"Nadam/dense/bias/m:0", bias},
                          {"Nadam/dense/kernel/v:0", kernel},
                          {"Nadam/dense/bias/v:0", bias}}));
}

TEST(OptimizerWeights, OfKeras3AreReadByPositionWhateverTheirWords) {
  expect_first_slot(read(dense_model(optimizers::Adagrad({.gradient_accumulation_steps = 2})),
                         "adagrad/iteration",
                         {{"adagrad/learning_rate", Tensor(Shape())},
                          {"adagrad/dense_kernel_gradient_accumulator", Tensor({2, 1})},
                          {"adagrad/dense_bias_gradient_accumulator", Tensor({1})},
                          {"adagrad/dense_kernel_accumulator", kernel},
                          {"adagrad/dense_bias_accumulator", bias}}));
}

}  // namespace
}  // namespace antler::saving
