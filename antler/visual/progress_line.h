// What Keras's progress bar shows, as text: functions of a state alone.
#pragma once

#include <cstdint>
#include <string>

#include "antler/callbacks/callback.h"

namespace antler::visual {

/// A moment of an epoch, an evaluation or a prediction.
struct Progress {
  /// Batches in all, 0 where that is not known, and how many of them are behind.
  int64_t steps = 1;
  int64_t done = 0;
  /// Since the start, and what a batch took in the mean.
  double seconds = 0.0;
  double seconds_per_step = 0.0;
  /// All is done, validation included: the time spent is shown in place of the time left.
  bool finished = false;
  callbacks::Logs logs = {};
};

/// The bar of `verbose=1`, 20 characters wide, without an end of line:
/// "525/525 ━━━━━━━━━━━━━━━━━━━━ 12s 23ms/step - accuracy: 0.9876 - loss: 0.0412"; with `colours` as ANSI
/// sequences, as Keras 3 sets them. Without a known number of steps:
/// "     17/Unknown 12s 23ms/step - accuracy: 0.9876 - loss: 0.0412".
std::string bar_line(const Progress& progress, bool colours);
/// The line an epoch of `verbose=2`: "525/525 - 12s - 23ms/step - accuracy: 0.9876 - loss: 0.0412".
std::string epoch_line(const Progress& progress);

}  // namespace antler::visual
