// Writes event files that TensorBoard shows: Keras's TensorBoard.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "antler/callbacks/callback.h"
#include "antler/callbacks/event_file.h"
#include "antler/callbacks/frequency.h"

namespace antler::callbacks {

struct TensorBoardOptions {
  std::filesystem::path log_dir = "logs";
  /// Epochs between histograms of the weights; 0: none.
  int histogram_freq = 0;
  bool write_steps_per_second = false;
  /// "epoch": loss and metrics of epochs alone; "batch", or a number of batches: also those so often within.
  Frequency update_freq = "epoch";
};

/// Keras 3.15's tags, in `log_dir`/train and `log_dir`/validation: "epoch_loss", "epoch_accuracy",
/// "epoch_learning_rate", "epoch_steps_per_second" by epoch; "batch_loss", ... by batches since the run
/// began; "evaluation_loss_vs_iterations", ... by updates; "dense/kernel/histogram" by epoch. Neither the
/// model's graph nor images, embeddings and profiles are written. A run that goes on writes another file
/// beside the first and counts its batches on. Throws Error when a file cannot be written.
class TensorBoard : public Callback {
 public:
  explicit TensorBoard(const TensorBoardOptions& options = {});

  void on_train_begin(Run& run) override;
  void on_epoch_begin(Run& run, int epoch) override;
  void on_train_batch_begin(Run& run, int64_t batch) override;
  void on_train_batch_end(Run& run, int64_t batch, const Logs& logs) override;
  void on_test_end(Run& run, const Logs& logs) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  void on_train_end(Run& run, const Logs& logs) override;
  Json state() const override;
  bool restore(const Json& state) override;

 private:
  using Clock = std::chrono::steady_clock;

  EventFile& train();
  EventFile& validation();

  TensorBoardOptions options_;
  std::optional<EventFile> train_;
  std::optional<EventFile> validation_;
  int64_t batches_ = 0;
  int64_t iterations_before_epoch_ = 0;
  Clock::time_point epoch_start_;
  Clock::time_point batch_start_;
};

}  // namespace antler::callbacks
