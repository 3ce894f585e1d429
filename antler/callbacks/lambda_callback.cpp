#include "antler/callbacks/lambda_callback.h"

namespace antler::callbacks {
namespace {

template <typename Function, typename... Arguments>
void call(const Function& function, Arguments&&... arguments) {
  if (function) function(std::forward<Arguments>(arguments)...);
}

}  // namespace

void LambdaCallback::on_train_begin(Run& run) {
  call(functions_.on_train_begin, run);
}

void LambdaCallback::on_train_end(Run& run, const Logs& logs) {
  call(functions_.on_train_end, run, logs);
}

void LambdaCallback::on_epoch_begin(Run& run, int epoch) {
  call(functions_.on_epoch_begin, run, epoch);
}

void LambdaCallback::on_epoch_end(Run& run, int epoch, Logs& logs) {
  call(functions_.on_epoch_end, run, epoch, logs);
}

void LambdaCallback::on_train_batch_begin(Run& run, int64_t batch) {
  call(functions_.on_train_batch_begin, run, batch);
  Callback::on_train_batch_begin(run, batch);
}

void LambdaCallback::on_train_batch_end(Run& run, int64_t batch, const Logs& logs) {
  call(functions_.on_train_batch_end, run, batch, logs);
  Callback::on_train_batch_end(run, batch, logs);
}

void LambdaCallback::on_batch_begin(Run& run, int64_t batch) {
  call(functions_.on_batch_begin, run, batch);
}

void LambdaCallback::on_batch_end(Run& run, int64_t batch, const Logs& logs) {
  call(functions_.on_batch_end, run, batch, logs);
}

void LambdaCallback::on_test_begin(Run& run) {
  call(functions_.on_test_begin, run);
}

void LambdaCallback::on_test_end(Run& run, const Logs& logs) {
  call(functions_.on_test_end, run, logs);
}

void LambdaCallback::on_test_batch_begin(Run& run, int64_t batch) {
  call(functions_.on_test_batch_begin, run, batch);
}

void LambdaCallback::on_test_batch_end(Run& run, int64_t batch, const Logs& logs) {
  call(functions_.on_test_batch_end, run, batch, logs);
}

void LambdaCallback::on_predict_begin(Run& run) {
  call(functions_.on_predict_begin, run);
}

void LambdaCallback::on_predict_end(Run& run) {
  call(functions_.on_predict_end, run);
}

void LambdaCallback::on_predict_batch_begin(Run& run, int64_t batch) {
  call(functions_.on_predict_batch_begin, run, batch);
}

void LambdaCallback::on_predict_batch_end(Run& run, int64_t batch, const std::vector<ConstView>& outputs) {
  call(functions_.on_predict_batch_end, run, batch, outputs);
}

}  // namespace antler::callbacks
