// Saves the model, or its weights, as training goes on: Keras's ModelCheckpoint.
#pragma once

#include <filesystem>

#include "antler/callbacks/frequency.h"
#include "antler/callbacks/monitor.h"

namespace antler::callbacks {

struct ModelCheckpointOptions {
  std::string monitor = "val_loss";
  /// 1: says what it saves.
  int verbose = 0;
  /// Saves only when the monitored value is the best so far.
  bool save_best_only = false;
  /// Model::save_weights in place of Model::save.
  bool save_weights_only = false;
  /// "auto", "min" or "max": see Monitor.
  std::string mode = "auto";
  /// "epoch": at the end of each; or after so many batches, on means since the epoch's begin.
  Frequency save_freq = "epoch";
  /// The best value from the start on: what does not beat it is not saved. Only with save_best_only.
  std::optional<double> initial_value_threshold = {};
};

/// As Keras 3.15. The path may name the epoch and batch, counted from 1, and any value of the logs, in
/// Python's format: "{epoch:02d}-{val_loss:.2f}.keras". Folders that are missing are made. The best value
/// lasts from one fit() to the next, and through a run that goes on.
///
/// A whole model also holds where its run stands (TrainedModel::save). Callbacks behind this one in the list
/// have not seen the epoch yet when it is saved, so let it be the last.
///
/// Throws Error unless the path ends in ".weights.h5", or ".keras" or ".h5" for whole models; and in training
/// when the path names what the logs do not have, or the file cannot be written.
class ModelCheckpoint : public Callback {
 public:
  explicit ModelCheckpoint(const std::filesystem::path& filepath, const ModelCheckpointOptions& options = {});

  void on_epoch_begin(Run& run, int epoch) override;
  void on_train_batch_end(Run& run, int64_t batch, const Logs& logs) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  Json state() const override;
  bool restore(const Json& state) override;

  std::optional<double> best() const { return best_; }

 private:
  void save(const Run& run, std::optional<int64_t> batch, const Logs& logs);
  bool should_save(const Logs& logs, const std::string& path);
  void say(const std::string& message) const;

  std::string filepath_;
  ModelCheckpointOptions options_;
  Monitor monitor_;
  std::optional<double> best_;
  int epoch_ = 0;
  int64_t batches_since_saving_ = 0;
};

}  // namespace antler::callbacks
