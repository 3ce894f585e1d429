#include "antler/callbacks/learning_rate_scheduler.h"

#include <fmt/core.h>

#include "antler/callbacks/learning_rate_log.h"
#include "antler/callbacks/messages.h"

namespace antler::callbacks {

LearningRateScheduler::LearningRateScheduler(Schedule schedule, int verbose)
    : schedule_(std::move(schedule)), verbose_(verbose) {}

void LearningRateScheduler::on_epoch_begin(Run& run, int epoch) {
  const double learning_rate = schedule_(epoch, run.model->learning_rate());
  run.model->set_learning_rate(learning_rate);
  if (verbose_ > 0) {
    print_message(fmt::format("\nEpoch {}: LearningRateScheduler setting learning rate to {}.", epoch + 1,
                              python_number(learning_rate)));
  }
}

void LearningRateScheduler::on_epoch_end(Run& run, int /*epoch*/, Logs& logs) {
  log_learning_rate(*run.model, logs);
}

}  // namespace antler::callbacks
