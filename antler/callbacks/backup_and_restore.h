// Keeps a backup of training, and goes on from it after a crash: Keras's BackupAndRestore.
#pragma once

#include <filesystem>

#include "antler/callbacks/callback.h"
#include "antler/callbacks/frequency.h"

namespace antler::callbacks {

struct BackupAndRestoreOptions {
  /// "epoch": at the end of each; or after so many batches.
  Frequency save_freq = "epoch";
  /// Keeps the backup before the last, too, and goes on from it when the last is damaged.
  bool double_checkpoint = false;
  /// The folder is removed once training has come to its end.
  bool delete_checkpoint = true;
};

/// With Keras 3.15's names of files: "latest.weights.h5" and "training_metadata.json" in `backup_dir`, which
/// nobody else may use. fit() begins from a backup that is there, of the same model compiled alike, given the
/// same data and options.
///
/// Better than Keras, which begins the epoch of the backup again with fresh callbacks: weights, history and
/// callbacks come out bit for bit as those of a run that was never stopped. (A backup of Keras's own begins
/// with its epoch.) Callbacks behind this one in the list have not seen the epoch yet when it is saved, so
/// let it be the last. A run that is cut (Run::cut) or dies of an exception keeps its backup.
///
/// Throws Error for an empty `backup_dir`; and in training when a backup is damaged or cannot be written.
class BackupAndRestore : public Callback {
 public:
  explicit BackupAndRestore(std::filesystem::path backup_dir, const BackupAndRestoreOptions& options = {});

  void on_train_begin(Run& run) override;
  void on_train_batch_end(Run& run, int64_t batch, const Logs& logs) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  void on_train_end(Run& run, const Logs& logs) override;

 private:
  void save(const TrainedModel& model) const;
  void load(TrainedModel& model) const;

  std::filesystem::path folder_;
  std::filesystem::path weights_;
  std::filesystem::path metadata_;
  BackupAndRestoreOptions options_;
  int64_t batches_since_saving_ = 0;
};

}  // namespace antler::callbacks
