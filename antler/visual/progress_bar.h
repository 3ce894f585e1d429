// Keras's progress bar.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "antler/callbacks/callback.h"

namespace antler::visual {

/// Writes to standard output as Keras 3 does: on a terminal a bar that is drawn over and over, at most ten times a second;
/// elsewhere only its last state, a line an epoch. `verbose` 0: nothing; 1: the bar; 2: a line an epoch.
class ProgressBar {
 public:
  /// Of `steps` batches, without a heading: evaluate and predict.
  ProgressBar(int64_t steps, int verbose);
  /// Under the heading "Epoch 1/50"; `epoch` counts from 0.
  ProgressBar(int64_t steps, int verbose, int epoch, int epochs);

  /// `done` batches are behind; `logs` are means so far.
  void update(int64_t done, const callbacks::Logs& logs);
  /// All is done, validation included. Ends the line.
  void finish(const callbacks::Logs& logs);

 private:
  int64_t steps_;
  int verbose_;
  int64_t done_ = 0;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace antler::visual
