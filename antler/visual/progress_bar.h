// Keras's progress bar.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "antler/callbacks/callback.h"
#include "antler/visual/progress_line.h"

namespace antler::visual {

/// Writes to standard output as Keras 3 does: on a terminal a bar that is drawn over and over, at most ten
/// times a second; elsewhere only its last state, a line an epoch. `verbose` 0: nothing; 1: the bar; 2: a
/// line an epoch.
class ProgressBar {
 public:
  /// Of `steps` batches, 0 where that is not known, without a heading: evaluate and predict.
  ProgressBar(int64_t steps, int verbose);
  /// Under the heading "Epoch 1/50", which a single epoch goes without; `epoch` counts from 0.
  ProgressBar(int64_t steps, int verbose, int epoch, int epochs);
  /// Ends a line that was cut.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `done` batches are behind; `logs` are means so far.
  void update(int64_t done, const callbacks::Logs& logs);
  /// All is done, validation included. Ends the line.
  void finish(const callbacks::Logs& logs);

 private:
  using Clock = std::chrono::steady_clock;

  /// What a batch took, without the first, which has the memory to warm up; a run that was resumed in the
  /// middle of an epoch counts from there.
  double seconds_per_step(Clock::time_point now) const;
  Progress progress(Clock::time_point now, const callbacks::Logs& logs, bool finished) const;
  void draw(const Progress& progress);

  int64_t steps_;
  int verbose_;
  bool terminal_;
  int64_t done_ = 0;
  int64_t first_done_ = 0;  // batches behind at the first update
  int64_t drawn_columns_ = 0;
  bool line_is_open_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point first_;
  Clock::time_point drawn_;
};

}  // namespace antler::visual
