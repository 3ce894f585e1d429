// Sets the learning rate at the begin of each epoch: Keras's LearningRateScheduler.
#pragma once

#include <functional>

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

/// As Keras 3.15; adds "learning_rate", as it was in the epoch, to the logs. It remembers nothing: a run that
/// goes on asks `schedule` again.
class LearningRateScheduler : public Callback {
 public:
  /// From the epoch, counted from 0, and the learning rate so far (as float32 holds it) to the new one.
  using Schedule = std::function<double(int epoch, double learning_rate)>;
  /// `verbose` 1: says what it sets.
  explicit LearningRateScheduler(Schedule schedule, int verbose = 0);

  void on_epoch_begin(Run& run, int epoch) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;

 private:
  Schedule schedule_;
  int verbose_;
};

}  // namespace antler::callbacks
