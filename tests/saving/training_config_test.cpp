#include "antler/saving/training_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "antler/layers/input.h"
#include "antler/layers/registry.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"
#include "antler/saving/optimizer_config.h"

namespace antler::saving {
namespace {

Json config_of(const CompileOptions& options, Flavour flavour = Flavour::both) {
  Sequential model;
  model.compile(options);
  return training_to_config(model, flavour);
}

// What Keras 3 writes for compile(RMSprop(), "categorical_crossentropy", metrics=["accuracy"]).
Json of_keras3() {
  return Json::parse(R"({"loss": "categorical_crossentropy", "loss_weights": null, "metrics": ["accuracy"],
    "weighted_metrics": null, "run_eagerly": false, "steps_per_execution": 1, "jit_compile": false,
    "optimizer_config": {"class_name": "RMSprop", "config": {"name": "rmsprop", "learning_rate": 0.5, "weight_decay": null,
    "clipnorm": null, "global_clipnorm": null, "clipvalue": null, "use_ema": false, "ema_momentum": 0.99,
    "ema_overwrite_frequency": null, "loss_scale_factor": null, "gradient_accumulation_steps": null, "rho": 0.8,
    "momentum": 0.0, "epsilon": 1e-07, "centered": false}}})");
}

// What tf-keras writes for the same.
Json of_keras2() {
  return Json::parse(R"({"loss": "categorical_crossentropy", "metrics": [[{"class_name": "MeanMetricWrapper",
    "config": {"name": "accuracy", "dtype": "float32", "fn": "categorical_accuracy"}}]], "weighted_metrics": null,
    "loss_weights": null, "optimizer_config": {"class_name": "Custom>RMSprop", "config": {"name": "RMSprop",
    "weight_decay": null, "clipnorm": null, "global_clipnorm": null, "clipvalue": null, "use_ema": false,
    "ema_momentum": 0.99, "ema_overwrite_frequency": 100, "jit_compile": false, "is_legacy_optimizer": false,
    "learning_rate": 0.5, "rho": 0.8, "momentum": 0.0, "epsilon": 1e-07, "centered": false}}})");
}

TEST(TrainingConfig, IsReadFromKeras3AndKeras2Alike) {
  for (const Json& saved : {of_keras3(), of_keras2()}) {
    const CompileOptions options = training_from_config(saved, Sequential(), Flavour::both);
    EXPECT_EQ(options.loss.front().name(), "categorical_crossentropy");
    ASSERT_EQ(options.metrics.all().size(), 1U);
    EXPECT_EQ(options.metrics.all()[0].name(), "accuracy");
    EXPECT_EQ(options.optimizer.rule().class_name(), "RMSprop");
    EXPECT_EQ(options.optimizer.learning_rate(), 0.5);
    EXPECT_EQ(options.optimizer.config()["rho"], 0.8);
  }
}

TEST(TrainingConfig, OfUsualSettingsIsEmptySoThatKeras2TakesItsNewOptimizer) {
  const Json config = config_of({.optimizer = optimizers::RMSprop()});
  EXPECT_EQ(config["optimizer_config"], Json::parse(R"({"class_name": "RMSprop", "config": {}})"));
}

TEST(TrainingConfig, OfOtherSettingsHasNoneThatAnOlderOptimizerRefuses) {
  const Json config = config_of({.optimizer = optimizers::SGD({.learning_rate = 0.5, .momentum = 0.9})});
  const Json& settings = config["optimizer_config"]["config"];
  EXPECT_EQ(settings["learning_rate"], 0.5);
  EXPECT_EQ(settings["momentum"], 0.9);
  EXPECT_FALSE(settings.contains("weight_decay"));
  EXPECT_FALSE(settings.contains("use_ema"));
}

TEST(TrainingConfig, KeepsAverages) {
  const Json config = config_of({.optimizer = optimizers::SGD({.use_ema = true, .ema_momentum = 0.5})});
  const Json& settings = config["optimizer_config"]["config"];
  EXPECT_EQ(settings["use_ema"], true);
  EXPECT_EQ(settings["ema_momentum"], 0.5);
}

TEST(TrainingConfig, KeepsALearningRateSchedule) {
  const optimizers::Optimizer optimizer =
      optimizers::Adam({.learning_rate = optimizers::ExponentialDecay(0.1, 3, 0.7)});
  const Json config = config_of({.optimizer = optimizer});
  EXPECT_EQ(config["optimizer_config"]["config"]["learning_rate"]["class_name"], "ExponentialDecay");
  const CompileOptions options = training_from_config(config, Sequential(), Flavour::both);
  EXPECT_EQ(options.optimizer.config(), optimizer.config());
}

TEST(TrainingConfig, OfAnOptimizerFromKeras2IsKeras2sAgain) {
  const CompileOptions options = training_from_config(of_keras2(), Sequential(), Flavour::keras2);
  EXPECT_EQ(flavour_of(options.optimizer), Flavour::keras2);
  EXPECT_EQ(flavour_of("rmsprop"), Flavour::both);
  const Json config = config_of(options, Flavour::keras2);
  EXPECT_EQ(config["optimizer_config"]["class_name"], "Custom>RMSprop");
  EXPECT_EQ(config["optimizer_config"]["config"]["is_legacy_optimizer"], false);
  EXPECT_EQ(config["optimizer_config"]["config"]["rho"], 0.8);
}

TEST(TrainingConfig, NamesALossInFullWhichKeras3Needs) {
  EXPECT_EQ(config_of({.loss = "mse"})["loss"], "mean_squared_error");
}

TEST(TrainingConfig, ReadsALossThatKeras2WroteAsAnObject) {
  Json saved = of_keras2();
  saved["loss"] = Json::parse(R"({"class_name": "CategoricalCrossentropy", "config": {"reduction": "auto",
    "name": "categorical_crossentropy", "from_logits": false, "label_smoothing": 0.1, "axis": -1,
    "fn": "categorical_crossentropy"}})");
  const CompileOptions options = training_from_config(saved, Sequential(), Flavour::both);
  EXPECT_EQ(config_of(options)["loss"]["config"]["label_smoothing"], 0.1);
}

TEST(TrainingConfig, OfSeveralOutputsIsListedByOutput) {
  const auto dense = [](const std::string& name) {
    return layers::layer_from_config("Dense", {{"name", name}, {"units", 1}});
  };
  Model model("two", {{layers::Input({3}), {}}, {dense("a"), {0}}, {dense("b"), {0}}}, {0}, {1, 2});
  model.compile({.loss = {"mse", "mae"}, .metrics = {"mse", "accuracy"}, .loss_weights = {0.5, 2.0}});
  const Json config = training_to_config(model, Flavour::both);
  EXPECT_EQ(config["loss"], Json({"mean_squared_error", "mean_absolute_error"}));
  EXPECT_EQ(config["loss_weights"], Json({0.5, 2.0}));
  EXPECT_EQ(config["metrics"].size(), 2U);
  EXPECT_TRUE(config["metrics"][0].is_array());

  Json by_name = config;
  by_name["loss"] = {{"b", "mean_absolute_error"}, {"a", "mean_squared_error"}};
  for (const Json& saved : {config, by_name}) {
    const CompileOptions options = training_from_config(saved, model, Flavour::both);
    EXPECT_EQ(options.loss.of_output(0)->name(), "mean_squared_error");
    EXPECT_EQ(options.loss.of_output(1)->name(), "mean_absolute_error");
    EXPECT_EQ(options.metrics.all().size(), 2U);
    EXPECT_EQ(options.loss_weights.values(), (std::vector<double>{0.5, 2.0}));
  }
}

TEST(TrainingConfig, OfKeras2GivesMetricsTheirOwnNamesBack) {
  const auto dense = [](const std::string& name) {
    return layers::layer_from_config("Dense", {{"name", name}, {"units", 1}});
  };
  const Model model("m", {{layers::Input({2}), {}}, {dense("a"), {0}}, {dense("b"), {0}}}, {0}, {1, 2});
  const Json accuracy = {{"class_name", "MeanMetricWrapper"},
                         {"config", {{"name", "a_accuracy"}, {"fn", "binary_accuracy"}}}};
  const Json error = {{"class_name", "MeanSquaredError"}, {"config", {{"name", "a_mse"}}}};
  const Json saved = without_output_names(
      {{"metrics", Json::array({Json::array({accuracy}), Json::array({error})})}}, model);
  EXPECT_EQ(saved["metrics"][0][0]["config"]["name"], "accuracy");
  EXPECT_EQ(saved["metrics"][1][0]["config"]["name"], "a_mse");  // of output b
}

TEST(TrainingConfig, KeepsAnyNumberOfMetricsForEachOutputAndAnOutputWithoutALoss) {
  const auto dense = [](const std::string& name) {
    return layers::layer_from_config("Dense", {{"name", name}, {"units", 1}});
  };
  Model model("two", {{layers::Input({3}), {}}, {dense("a"), {0}}, {dense("b"), {0}}}, {0}, {1, 2});
  model.compile({.loss = {std::nullopt, "mae"},
                 .metrics = {{"b", {"mse", "huber"}}},
                 .weighted_metrics = {{"a", {"auc"}}}});
  const Json config = training_to_config(model, Flavour::both);
  EXPECT_EQ(config["loss"], Json({nullptr, "mean_absolute_error"}));
  EXPECT_EQ(config["metrics"][0], Json::array());
  EXPECT_EQ(config["metrics"][1][1]["class_name"], "MeanMetricWrapper");
  EXPECT_EQ(config["weighted_metrics"], Json::parse(R"([["auc"], []])"));
  const CompileOptions options = training_from_config(config, model, Flavour::both);
  EXPECT_FALSE(options.loss.of_output(0).has_value());
  EXPECT_EQ(options.metrics.of_output(1)[1].name(), "huber");
  EXPECT_EQ(options.weighted_metrics.of_output(0)[0].name(), "auc");
}

}  // namespace
}  // namespace antler::saving
