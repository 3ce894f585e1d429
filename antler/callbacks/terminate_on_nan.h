// Ends training when the loss is no number any more: Keras's TerminateOnNaN.
#pragma once

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

/// As Keras 3.15: after a batch with a loss of NaN or infinity, training ends as by Run::stop_training; or,
/// with `raise_error`, at once by an Error, so that on_train_end is not called and a backup stays.
class TerminateOnNaN : public Callback {
 public:
  explicit TerminateOnNaN(bool raise_error = false) : raise_error_(raise_error) {}

  void on_batch_end(Run& run, int64_t batch, const Logs& logs) override;

 private:
  bool raise_error_;
};

}  // namespace antler::callbacks
