// Ctrl-C ends training in good order.
#pragma once

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

/// While one is alive, the first SIGINT or SIGTERM cuts training at the end of its batch; the second
/// one acts as it did before, and usually ends the process. At the end of its life, the handlers found are
/// put back. At most one at a time; the constructor throws Error for a second.
class StopOnInterrupt : public Callback {
 public:
  StopOnInterrupt();
  ~StopOnInterrupt() override;
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

  /// True once a signal has come.
  bool interrupted() const;

  void on_batch_end(Run& run, int64_t batch, const Logs& logs) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
};

}  // namespace antler::callbacks
