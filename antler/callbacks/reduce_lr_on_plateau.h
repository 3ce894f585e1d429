// Lowers the learning rate when a value has stopped improving: Keras's ReduceLROnPlateau.
#pragma once

#include "antler/callbacks/monitor.h"

namespace antler::callbacks {

struct ReduceLROnPlateauOptions {
  std::string monitor = "val_loss";
  /// The new learning rate is the old one times this; less than 1.
  double factor = 0.1;
  /// Epochs without improvement after which it is lowered.
  int patience = 10;
  /// 1: says so.
  int verbose = 0;
  /// "auto", "min" or "max": see Monitor.
  std::string mode = "auto";
  /// A change of less is no improvement.
  double min_delta = 1e-4;
  /// Epochs after lowering in which none is counted.
  int cooldown = 0;
  /// It is never lowered below this.
  double min_lr = 0.0;
};

/// As Keras 3.15; adds "learning_rate", as it was in the epoch, to the logs. A run that goes on
/// (FitOptions::resume, BackupAndRestore) counts on from the cut, where Keras begins anew. Throws Error for a
/// factor of 1 or more, and for a monitor or mode that Monitor does not know.
class ReduceLROnPlateau : public Callback {
 public:
  explicit ReduceLROnPlateau(const ReduceLROnPlateauOptions& options = {});

  void on_train_begin(Run& run) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  Json state() const override;
  bool restore(const Json& state) override;

 private:
  void count_without_improvement(TrainedModel& model, int epoch);

  ReduceLROnPlateauOptions options_;
  Monitor monitor_;
  std::optional<double> best_;
  int wait_ = 0;
  int cooldown_left_ = 0;
};

}  // namespace antler::callbacks
