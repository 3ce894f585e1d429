// Ends training when a value has stopped improving: Keras's EarlyStopping.
#pragma once

#include "antler/callbacks/monitor.h"

namespace antler::callbacks {

struct EarlyStoppingOptions {
  std::string monitor = "val_loss";
  /// A change of less is no improvement.
  double min_delta = 0.0;
  /// Epochs without improvement after which training stops.
  int patience = 0;
  /// 1: says when it stops, and which weights it restores.
  int verbose = 0;
  /// "auto", "min" or "max": see Monitor.
  std::string mode = "auto";
  /// Improvement must also beat this, or patience runs on.
  std::optional<double> baseline = {};
  /// At the end of training, the weights of the best epoch are put back, whether or not it beat the baseline.
  bool restore_best_weights = false;
  /// The first epochs, which are not watched.
  int start_from_epoch = 0;
};

/// As Keras 3.15. A run that goes on (FitOptions::resume, BackupAndRestore) counts its patience on from the
/// cut, where Keras begins anew; only the weights of a best epoch before the cut are not kept: the ones
/// restored then are the best since. A run that is cut (Run::cut) keeps its last weights, to go on with.
/// Throws Error for a monitor or mode that Monitor does not know.
class EarlyStopping : public Callback {
 public:
  explicit EarlyStopping(const EarlyStoppingOptions& options = {});

  void on_train_begin(Run& run) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  void on_train_end(Run& run, const Logs& logs) override;
  Json state() const override;
  bool restore(const Json& state) override;

  /// The epoch that ended training, counted from 0; 0 when it did not.
  int stopped_epoch() const { return stopped_epoch_; }
  int best_epoch() const { return best_epoch_; }
  std::optional<double> best() const { return best_; }

 private:
  void keep_weights(const TrainedModel& model, int epoch);

  EarlyStoppingOptions options_;
  Monitor monitor_;
  int wait_ = 0;
  int stopped_epoch_ = 0;
  int best_epoch_ = 0;
  std::optional<double> best_;
  std::vector<Tensor> best_weights_;
};

}  // namespace antler::callbacks
