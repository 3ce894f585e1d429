#include "antler/callbacks/reduce_lr_on_plateau.h"

#include <fmt/core.h>

#include <algorithm>

#include "antler/callbacks/learning_rate_log.h"
#include "antler/callbacks/messages.h"
#include "antler/core/error.h"

namespace antler::callbacks {

ReduceLROnPlateau::ReduceLROnPlateau(const ReduceLROnPlateauOptions& options)
    : options_(options), monitor_("ReduceLROnPlateau", options.monitor, options.mode, options.min_delta) {
  if (options.factor >= 1.0)
    throw Error("ReduceLROnPlateau: the factor is {}; expected less than 1", options.factor);
}

void ReduceLROnPlateau::on_train_begin(Run& /*run*/) {
  best_.reset();
  wait_ = cooldown_left_ = 0;
}

void ReduceLROnPlateau::on_epoch_end(Run& run, int epoch, Logs& logs) {
  log_learning_rate(*run.model, logs);
  const std::optional<double> current = monitor_.value(logs);
  if (!current) {
    warn(
        fmt::format("Learning rate reduction is conditioned on metric `{}` which is not available. "
                    "Available metrics are: {}.",
                    monitor_.name(), names_of(logs)));
    return;
  }
  if (cooldown_left_ > 0) {
    --cooldown_left_;
    wait_ = 0;
  }
  if (monitor_.is_improvement(*current, best_)) {
    best_ = current;
    wait_ = 0;
  } else if (cooldown_left_ == 0) {
    count_without_improvement(*run.model, epoch);
  }
}

void ReduceLROnPlateau::count_without_improvement(TrainedModel& model, int epoch) {
  const double before = model.learning_rate();
  if (++wait_ < options_.patience || before <= double{static_cast<float>(options_.min_lr)}) return;
  const double after = std::max(before * options_.factor, options_.min_lr);
  model.set_learning_rate(after);
  if (options_.verbose > 0) {
    print_message(fmt::format("\nEpoch {}: ReduceLROnPlateau reducing learning rate to {}.", epoch + 1,
                              python_number(after)));
  }
  cooldown_left_ = options_.cooldown;
  wait_ = 0;
}

Json ReduceLROnPlateau::state() const {
  return {{"class_name", "ReduceLROnPlateau"},
          {"monitor", monitor_.name()},
          {"best", best_to_json(best_)},
          {"wait", wait_},
          {"cooldown_left", cooldown_left_}};
}

bool ReduceLROnPlateau::restore(const Json& state) {
  if (!is_state_of(state, "ReduceLROnPlateau", monitor_.name())) return false;
  best_ = best_from_json(state.at("best"));
  wait_ = count_from_json(state.at("wait"));
  cooldown_left_ = count_from_json(state.at("cooldown_left"));
  return true;
}

}  // namespace antler::callbacks
