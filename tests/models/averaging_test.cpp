// Averages of the weights, in validation and at the end of fit().
#include <gmock/gmock.h>

#include <algorithm>
#include <memory>

#include "antler/callbacks/swap_ema_weights.h"
#include "antler/core/error.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using callbacks::SwapEMAWeights;

Sequential averaging_model(bool use_ema) {
  Sequential model = small_model(1);
  model.compile(
      {.optimizer = optimizers::Adam({.learning_rate = 0.05, .use_ema = use_ema, .ema_momentum = 0.9}),
       .loss = "categorical_crossentropy",
       .metrics = {"accuracy"}});
  return model;
}

TEST(SwapEMAWeights, ValidatesTheModelThatFitLeaves) {
  const Samples data = exclusive_or(64);
  Sequential model = averaging_model(true);
  const History history = model.fit(data.x, data.y,
                                    {.batch_size = 16,
                                     .epochs = 2,
                                     .verbose = 0,
                                     .callbacks = {std::make_shared<SwapEMAWeights>()},
                                     .validation_data = ValidationData(data.x, data.y)});
  const callbacks::Logs after = model.evaluate(data.x, data.y, {.verbose = 0});
  const auto loss = std::ranges::find(after, "loss", &callbacks::Logs::value_type::first);
  EXPECT_NEAR(history["val_loss"].back(), loss->second, 1e-6);
}

TEST(SwapEMAWeights, NeedsAnOptimizerThatAverages) {
  const Samples data = exclusive_or(16);
  Sequential model = averaging_model(false);
  const FitOptions options{.verbose = 0,
                           .callbacks = {std::make_shared<SwapEMAWeights>()},
                           .validation_data = ValidationData(data.x, data.y)};
  EXPECT_THAT([&] { model.fit(data.x, data.y, options); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("expected one with use_ema")));
}

}  // namespace
}  // namespace antler
