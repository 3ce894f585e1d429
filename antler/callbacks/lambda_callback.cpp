#include "antler/callbacks/lambda_callback.h"

namespace antler::callbacks {

void LambdaCallback::on_train_begin(Run& run) {
  if (functions_.on_train_begin) functions_.on_train_begin(run);
}

void LambdaCallback::on_train_end(Run& run, const Logs& logs) {
  if (functions_.on_train_end) functions_.on_train_end(run, logs);
}

void LambdaCallback::on_epoch_begin(Run& run, int epoch) {
  if (functions_.on_epoch_begin) functions_.on_epoch_begin(run, epoch);
}

void LambdaCallback::on_epoch_end(Run& run, int epoch, const Logs& logs) {
  if (functions_.on_epoch_end) functions_.on_epoch_end(run, epoch, logs);
}

void LambdaCallback::on_batch_end(Run& run, int64_t batch, const Logs& logs) {
  if (functions_.on_batch_end) functions_.on_batch_end(run, batch, logs);
}

}  // namespace antler::callbacks
