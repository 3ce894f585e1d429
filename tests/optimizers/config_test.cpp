// Settings as Keras 3.15.1 and tf-keras 2.21 write them.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/optimizers/optimizers.h"

namespace antler::optimizers {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Optimizer read(const std::string& class_name, std::string_view config) {
  return Optimizer::from_config(class_name, parse_json(config, "test"));
}

constexpr std::string_view keras_3_rmsprop =
    R"({"name": "rm_sprop", "learning_rate": 0.0010000000474974513, "weight_decay": null, "clipnorm": null, )"
    R"("global_clipnorm": null, "clipvalue": null, "use_ema": false, "ema_momentum": 0.99, )"
    R"("ema_overwrite_frequency": null, "loss_scale_factor": null, "gradient_accumulation_steps": null, )"
    R"("rho": 0.9, "momentum": 0.0, "epsilon": 1e-07, "centered": false})";

TEST(OptimizerConfig, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(dump_json(RMSprop().config()), keras_3_rmsprop);
  EXPECT_EQ(
      dump_json(SGD({.momentum = 0.9}).config()),
      R"({"name": "sgd", "learning_rate": 0.009999999776482582, "weight_decay": null, "clipnorm": null, )"
      R"("global_clipnorm": null, "clipvalue": null, "use_ema": false, "ema_momentum": 0.99, )"
      R"("ema_overwrite_frequency": null, "loss_scale_factor": null, "gradient_accumulation_steps": null, )"
      R"("momentum": 0.9, "nesterov": false})");
  EXPECT_EQ(
      dump_json(Adam().config()),
      R"({"name": "adam", "learning_rate": 0.0010000000474974513, "weight_decay": null, "clipnorm": null, )"
      R"("global_clipnorm": null, "clipvalue": null, "use_ema": false, "ema_momentum": 0.99, )"
      R"("ema_overwrite_frequency": null, "loss_scale_factor": null, "gradient_accumulation_steps": null, )"
      R"("beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07, "amsgrad": false})");
}

TEST(OptimizerConfig, IsReadFromKeras3) {
  EXPECT_EQ(dump_json(read("RMSprop", keras_3_rmsprop).config()), keras_3_rmsprop);
}

TEST(OptimizerConfig, IsReadFromKeras2) {
  const Optimizer optimizer =
      read("Custom>RMSprop",
           R"({"name": "RMSprop", "weight_decay": null, "clipnorm": null, "global_clipnorm": null,
               "clipvalue": null, "use_ema": false, "ema_momentum": 0.99, "ema_overwrite_frequency": 100,
               "jit_compile": false, "is_legacy_optimizer": false, "learning_rate": 0.5, "rho": 0.8,
               "momentum": 0.25, "epsilon": 1e-05, "centered": true})");
  EXPECT_EQ(optimizer.learning_rate(), 0.5);
  EXPECT_EQ(optimizer.name(), "RMSprop");
  EXPECT_EQ(dump_json(optimizer.rule().config()),
            R"({"rho": 0.8, "momentum": 0.25, "epsilon": 1e-05, "centered": true})");
}

TEST(OptimizerConfig, IsReadFromTheLegacyOptimizersOfKeras2) {
  const Optimizer optimizer =
      read("Adam", R"({"name": "Adam", "learning_rate": 0.25, "decay": 0.0, "beta_1": 0.5, "beta_2": 0.75,
                       "epsilon": 1e-07, "amsgrad": true})");
  EXPECT_EQ(optimizer.learning_rate(), 0.25);
  EXPECT_EQ(dump_json(optimizer.rule().config()),
            R"({"beta_1": 0.5, "beta_2": 0.75, "epsilon": 1e-07, "amsgrad": true})");
}

TEST(OptimizerConfig, IsReadFromKeras22WhichSaidLr) {
  EXPECT_EQ(read("RMSprop", R"({"lr": 0.125, "rho": 0.9, "decay": 0.0, "epsilon": 1e-07})").learning_rate(),
            0.125);
}

TEST(OptimizerConfig, HasDefaultsForWhatIsMissingOrNull) {
  EXPECT_EQ(dump_json(read("rmsprop", R"({"epsilon": null})").config()), keras_3_rmsprop);
}

TEST(OptimizerConfig, OfEachClassIsThatOfKeras) {
  const auto own = [](const Optimizer& optimizer) { return dump_json(optimizer.rule().config()); };
  EXPECT_EQ(own(Adadelta()), R"({"rho": 0.95, "epsilon": 1e-07})");
  EXPECT_EQ(own(Adagrad()), R"({"initial_accumulator_value": 0.1, "epsilon": 1e-07})");
  EXPECT_EQ(own(Adamax()), R"({"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07})");
  EXPECT_EQ(own(AdamW()), R"({"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07, "amsgrad": false})");
  EXPECT_EQ(AdamW().config()["weight_decay"], 0.004);
  EXPECT_EQ(own(Ftrl()), R"({"learning_rate_power": -0.5, "initial_accumulator_value": 0.1, )"
                         R"("l1_regularization_strength": 0.0, "l2_regularization_strength": 0.0, )"
                         R"("l2_shrinkage_regularization_strength": 0.0, "beta": 0.0})");
  EXPECT_EQ(own(Lion()), R"({"beta_1": 0.9, "beta_2": 0.99})");
  EXPECT_EQ(own(Nadam()), R"({"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07})");
}

TEST(OptimizerConfig, OfEachClassComesBackAsItWas) {
  const LearningRate rate = CosineDecay(0.1, 10);
  for (const Optimizer& optimizer :
       {Adadelta({.rho = 0.5, .epsilon = 0.25, .clipnorm = 0.5}),
        Adagrad({.initial_accumulator_value = 0.5, .epsilon = 0.25, .clipvalue = 0.5}),
        Adam({.beta_1 = 0.5, .beta_2 = 0.25, .amsgrad = true, .use_ema = true, .ema_overwrite_frequency = 5}),
        AdamW({.weight_decay = 0.5, .beta_1 = 0.5, .amsgrad = true, .gradient_accumulation_steps = 4}),
        Adamax({.beta_1 = 0.5, .beta_2 = 0.25, .global_clipnorm = 0.5}),
        Ftrl({.learning_rate_power = -0.25, .initial_accumulator_value = 0.5, .beta = 0.5}),
        Lion({.beta_1 = 0.5, .beta_2 = 0.25, .weight_decay = 0.5}),
        Nadam({.beta_1 = 0.5, .beta_2 = 0.25, .loss_scale_factor = 2.0}),
        RMSprop({.rho = 0.5, .momentum = 0.25, .centered = true, .ema_momentum = 0.5}),
        SGD({.learning_rate = rate, .momentum = 0.5, .nesterov = true, .name = "mine"})}) {
    const Json config = optimizer.config();
    EXPECT_EQ(Optimizer::from_config(optimizer.rule().class_name(), config).config(), config);
  }
}

TEST(OptimizerConfig, MayHoldASchedule) {
  const Optimizer optimizer = read("SGD", R"({"learning_rate": {"class_name": "ExponentialDecay", "config":
      {"initial_learning_rate": 0.5, "decay_steps": 2, "decay_rate": 0.25, "name": null}}})");
  EXPECT_EQ(optimizer.learning_rate(), 0.5);
  EXPECT_EQ(optimizer.config()["learning_rate"], ExponentialDecay(0.5, 2, 0.25).to_config());
}

// lr / (1 + decay * updates), as the older optimizers of Keras 2 have it.
TEST(OptimizerConfig, OfKeras2MayHaveADecayOfTheLearningRate) {
  Optimizer optimizer = read("SGD", R"({"lr": 0.5, "decay": 0.25})");
  optimizer.state().iterations = 4;
  EXPECT_EQ(optimizer.learning_rate(), 0.25);
  EXPECT_EQ(read("Nadam", R"({"learning_rate": 0.5, "decay": 0.004})").config()["learning_rate"], 0.5);
}

TEST(OptimizerConfig, RefusesASettingItDoesNotKnow) {
  EXPECT_THAT([] { read("SGD", R"({"momentums": 0.9})"); },
              ThrowsMessage<Error>("optimizer 'SGD': there is no setting \"momentums\" (0.9)"));
}

TEST(OptimizerConfig, RefusesAValueOfAnotherType) {
  EXPECT_THAT([] { read("SGD", R"({"nesterov": "yes"})"); },
              ThrowsMessage<Error>("optimizer 'SGD': \"nesterov\" is \"yes\"; expected true or false"));
  EXPECT_THAT([] { read("SGD", R"({"learning_rate": "fast"})"); },
              ThrowsMessage<Error>(HasSubstr("expected a number or a schedule")));
  EXPECT_THAT([] { read("SGD", "[1]"); }, ThrowsMessage<Error>(HasSubstr("expected an object")));
}

TEST(OptimizerConfig, RefusesNumbersThatKerasRefuses) {
  EXPECT_THROW(SGD({.momentum = 1.5}), Error);
  EXPECT_THROW(read("SGD", R"({"momentum": -0.5})"), Error);
  EXPECT_THROW(Lion({.beta_1 = 0.0}), Error);
  EXPECT_THROW(Ftrl({.learning_rate_power = 0.5}), Error);
  EXPECT_THROW(Ftrl({.l1_regularization_strength = -1.0}), Error);
  EXPECT_THROW(Adagrad({.initial_accumulator_value = -1.0}), Error);
}

}  // namespace
}  // namespace antler::optimizers
