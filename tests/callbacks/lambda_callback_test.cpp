#include "antler/callbacks/lambda_callback.h"

#include <gtest/gtest.h>

#include <string>

namespace antler::callbacks {
namespace {

void call_all(Callback& callback) {
  callbacks::Run run;
  callback.on_train_begin(run);
  callback.on_epoch_begin(run, 3);
  callback.on_batch_end(run, 7, {});
  callback.on_epoch_end(run, 3, {});
  callback.on_train_end(run, {});
}

TEST(LambdaCallback, CallsEachFunctionInItsTurn) {
  std::string calls;
  LambdaCallback callback(
      {.on_train_begin = [&](callbacks::Run&) { calls += "begin "; },
       .on_train_end = [&](callbacks::Run&, const Logs&) { calls += "end"; },
       .on_epoch_begin = [&](callbacks::Run&, int epoch) { calls += "epoch " + std::to_string(epoch) + " "; },
       .on_epoch_end = [&](callbacks::Run&, int, const Logs&) { calls += "epoch end "; },
       .on_batch_end = [&](callbacks::Run&, int64_t batch,
                           const Logs&) { calls += "batch " + std::to_string(batch) + " "; }});
  call_all(callback);
  EXPECT_EQ(calls, "begin epoch 3 batch 7 epoch end end");
}

TEST(LambdaCallback, MayBeEmpty) {
  LambdaCallback callback({});
  EXPECT_NO_THROW(call_all(callback));
}

TEST(LambdaCallback, MayStopTraining) {
  LambdaCallback callback(
      {.on_epoch_end = [](callbacks::Run& run, int, const Logs&) { run.stop_training = true; }});
  callbacks::Run run;
  callback.on_epoch_end(run, 0, {});
  EXPECT_TRUE(run.stop_training);
}

}  // namespace
}  // namespace antler::callbacks
