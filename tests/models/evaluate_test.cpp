#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/callbacks/lambda.h"
#include "tests/core/threads.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using callbacks::lambda;

class EvaluateInBatches : public testing::TestWithParam<int64_t> {};
INSTANTIATE_TEST_SUITE_P(OfSize, EvaluateInBatches, testing::Values(1, 7, 16, 101, 300));

// Whom nobody watches, threads evaluate side by side.
TEST_P(EvaluateInBatches, GivesTheSameToWhoeverWatchesIt) {
  const Samples data = exclusive_or(203);
  Sequential model = small_model(1);
  model.fit(data.x, data.y, {.epochs = 2, .verbose = 0});
  EvaluateOptions options{.batch_size = GetParam(), .verbose = 0, .sample_weight = Tensor({203}, 1.0F)};
  for (int64_t row = 0; row < 203; ++row) options.sample_weight[row] = 0.5F + static_cast<float>(row % 3);
  for (const int threads : {1, 3}) {
    const Threads set(threads);
    options.callbacks = {lambda({.on_test_batch_end = [](callbacks::Run&, int64_t, const auto&) {}})};
    const callbacks::Logs watched = model.evaluate(data.x, data.y, options);
    options.callbacks = {std::make_shared<callbacks::Callback>()};
    EXPECT_EQ(model.evaluate(data.x, data.y, options), watched);
    options.callbacks = {};
    EXPECT_EQ(model.evaluate(data.x, data.y, options), watched);
  }
}

TEST(Evaluate, TellsEachBatchInItsTurn) {
  const Threads three(3);
  const Samples data = exclusive_or(40);
  Sequential model = small_model(1);
  std::string told;
  const auto watcher = lambda({
      .on_test_batch_begin = [&](callbacks::Run&, int64_t batch) { told += fmt::format("({}", batch); },
      .on_test_batch_end = [&](callbacks::Run&, int64_t batch,
                               const auto&) { told += fmt::format("{})", batch); },
  });
  model.evaluate(data.x, data.y, {.batch_size = 4, .verbose = 0, .callbacks = {watcher}});
  EXPECT_EQ(told, "(00)(11)(22)(33)(44)(55)(66)(77)(88)(99)");
}

TEST(Evaluate, GoesOnWithTheWeightsThatACallbackSets) {
  Sequential model({layers::Dense(100, {.use_bias = false, .input_shape = Shape{4}})});
  model.compile({.loss = "mse"});
  model.set_weights({Tensor({4, 100}, 1.0F)});
  const auto change = lambda({.on_test_batch_end = [&](callbacks::Run&, int64_t batch, const auto&) {
    if (batch == 3) model.set_weights({Tensor({4, 100}, 0.0F)});
  }});
  const callbacks::Logs logs = model.evaluate(Tensor({80, 4}, 1.0F), Tensor({80, 100}, 0.0F),
                                              {.batch_size = 8, .verbose = 0, .callbacks = {change}});
  EXPECT_FLOAT_EQ(static_cast<float>(logs.front().second), 16.0F * 4 / 10);
}

}  // namespace
}  // namespace antler
