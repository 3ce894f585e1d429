// Settings as Keras 3.15.1 and tf-keras 2.21 write them.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/optimizers/optimizer.h"

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

TEST(OptimizerConfig, RefusesWhatItCannotHonour) {
  for (const char* config : {R"({"clipnorm": 1.0})", R"({"clipvalue": 0.5})", R"({"global_clipnorm": 1})",
                             R"({"use_ema": true})", R"({"weight_decay": 0.004})", R"({"decay": 1e-06})",
                             R"({"loss_scale_factor": 2.0})", R"({"gradient_accumulation_steps": 4})"}) {
    EXPECT_THAT([&] { read("Adam", config); }, ThrowsMessage<Error>(HasSubstr("antler does not support")))
        << config;
  }
}

TEST(OptimizerConfig, RefusesALearningRateSchedule) {
  EXPECT_THAT([] { read("SGD", R"({"learning_rate": {"class_name": "ExponentialDecay", "config": {}}})"); },
              ThrowsMessage<Error>(HasSubstr("optimizer 'SGD': the learning rate follows a schedule")));
}

TEST(OptimizerConfig, RefusesASettingItDoesNotKnow) {
  EXPECT_THAT([] { read("SGD", R"({"momentums": 0.9})"); },
              ThrowsMessage<Error>("optimizer 'SGD': there is no setting \"momentums\" (0.9)"));
}

TEST(OptimizerConfig, RefusesAValueOfAnotherType) {
  EXPECT_THAT([] { read("SGD", R"({"nesterov": "yes"})"); },
              ThrowsMessage<Error>("optimizer 'SGD': \"nesterov\" is \"yes\"; expected true or false"));
  EXPECT_THAT([] { read("SGD", R"({"learning_rate": "fast"})"); },
              ThrowsMessage<Error>(HasSubstr("expected a number")));
  EXPECT_THAT([] { read("SGD", "[1]"); }, ThrowsMessage<Error>(HasSubstr("expected an object")));
}

TEST(OptimizerConfig, RefusesAMomentumOfSgdOutsideZeroToOne) {
  EXPECT_THROW(SGD({.momentum = 1.5}), Error);
  EXPECT_THROW(read("SGD", R"({"momentum": -0.5})"), Error);
}

}  // namespace
}  // namespace antler::optimizers
