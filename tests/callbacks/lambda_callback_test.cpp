#include "antler/callbacks/lambda_callback.h"

#include <gtest/gtest.h>

#include <string>

namespace antler::callbacks {
namespace {

void call_all(Callback& callback) {
  callbacks::Run run;
  Logs logs;
  callback.on_train_begin(run);
  callback.on_epoch_begin(run, 3);
  callback.on_train_batch_begin(run, 7);
  callback.on_train_batch_end(run, 7, logs);
  callback.on_test_begin(run);
  callback.on_test_batch_begin(run, 5);
  callback.on_test_batch_end(run, 5, logs);
  callback.on_test_end(run, logs);
  callback.on_epoch_end(run, 3, logs);
  callback.on_train_end(run, logs);
  callback.on_predict_begin(run);
  callback.on_predict_batch_begin(run, 6);
  callback.on_predict_batch_end(run, 6, {});
  callback.on_predict_end(run);
}

TEST(LambdaCallback, CallsEachFunctionInItsTurn) {
  std::string calls;
  const auto begin = [&](const std::string& name) {
    return [&calls, name](callbacks::Run&) { calls += name + " "; };
  };
  const auto end = [&](const std::string& name) {
    return [&calls, name](callbacks::Run&, const Logs&) { calls += name + " "; };
  };
  const auto batch_begin = [&](const std::string& name) {
    return [&calls, name](callbacks::Run&, int64_t batch) { calls += name + std::to_string(batch) + " "; };
  };
  const auto batch_end = [&](const std::string& name) {
    return [&calls, name](callbacks::Run&, int64_t batch, const auto&) {
      calls += name + std::to_string(batch) + " ";
    };
  };
  LambdaCallback callback({.on_train_begin = begin("train"),
                           .on_train_end = end("/train"),
                           .on_epoch_begin = batch_begin("epoch"),
                           .on_epoch_end = batch_end("/epoch"),
                           .on_train_batch_begin = batch_begin("batch"),
                           .on_train_batch_end = batch_end("/batch"),
                           .on_batch_begin = batch_begin("alias"),
                           .on_batch_end = batch_end("/alias"),
                           .on_test_begin = begin("test"),
                           .on_test_end = end("/test"),
                           .on_test_batch_begin = batch_begin("test"),
                           .on_test_batch_end = batch_end("/test"),
                           .on_predict_begin = begin("predict"),
                           .on_predict_end = begin("/predict"),
                           .on_predict_batch_begin = batch_begin("predict"),
                           .on_predict_batch_end = batch_end("/predict")});
  call_all(callback);
  EXPECT_EQ(
      calls,
      "train epoch3 batch7 alias7 /batch7 /alias7 test test5 /test5 /test /epoch3 /train predict predict6 "
      "/predict6 /predict ");
}

TEST(LambdaCallback, MayBeEmpty) {
  LambdaCallback callback({});
  EXPECT_NO_THROW(call_all(callback));
}

TEST(LambdaCallback, MayStopTraining) {
  LambdaCallback callback(
      {.on_epoch_end = [](callbacks::Run& run, int, const Logs&) { run.stop_training = true; }});
  callbacks::Run run;
  Logs logs;
  callback.on_epoch_end(run, 0, logs);
  EXPECT_TRUE(run.stop_training);
}

}  // namespace
}  // namespace antler::callbacks
