#include "antler/callbacks/early_stopping.h"

#include <fmt/core.h>

#include "antler/callbacks/messages.h"

namespace antler::callbacks {

EarlyStopping::EarlyStopping(const EarlyStoppingOptions& options)
    : options_(options), monitor_("EarlyStopping", options.monitor, options.mode, options.min_delta) {}

void EarlyStopping::on_train_begin(Run& /*run*/) {
  wait_ = stopped_epoch_ = best_epoch_ = 0;
  best_.reset();
  best_weights_.clear();
}

void EarlyStopping::keep_weights(const TrainedModel& model, int epoch) {
  best_epoch_ = epoch;
  if (options_.restore_best_weights) best_weights_ = model.get_weights();
}

void EarlyStopping::on_epoch_end(Run& run, int epoch, Logs& logs) {
  const std::optional<double> current = monitor_.value(logs);
  if (!current) {
    warn(
        fmt::format("Early stopping conditioned on metric `{}` which is not available. "
                    "Available metrics are: {}",
                    monitor_.name(), names_of(logs)));
  }
  if (!current || epoch < options_.start_from_epoch) return;
  const bool improved = monitor_.is_improvement(*current, best_);
  // The first epoch's weights are kept even when its value is not a number.
  if (improved || (options_.restore_best_weights && best_weights_.empty())) keep_weights(*run.model, epoch);
  ++wait_;
  if (improved) {
    best_ = current;
    if (monitor_.is_improvement(*current, options_.baseline)) wait_ = 0;
  } else if (wait_ >= options_.patience && epoch > 0) {
    stopped_epoch_ = epoch;
    run.stop_training = true;
  }
}

void EarlyStopping::on_train_end(Run& run, const Logs& /*logs*/) {
  const bool verbose = options_.verbose > 0;
  if (verbose && stopped_epoch_ > 0)
    print_message(fmt::format("Epoch {}: early stopping", stopped_epoch_ + 1));
  if (run.cut || best_weights_.empty()) return;
  if (verbose) {
    print_message(
        fmt::format("Restoring model weights from the end of the best epoch: {}.", best_epoch_ + 1));
  }
  run.model->set_weights(best_weights_);
}

Json EarlyStopping::state() const {
  return {{"class_name", "EarlyStopping"},
          {"monitor", monitor_.name()},
          {"wait", wait_},
          {"best", best_to_json(best_)},
          {"best_epoch", best_epoch_}};
}

bool EarlyStopping::restore(const Json& state) {
  if (!is_state_of(state, "EarlyStopping", monitor_.name())) return false;
  wait_ = count_from_json(state.at("wait"));
  best_ = best_from_json(state.at("best"));
  best_epoch_ = count_from_json(state.at("best_epoch"));
  return true;
}

}  // namespace antler::callbacks
