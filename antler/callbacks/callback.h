// What a training run tells those who watch it, and how they steer it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace antler::callbacks {

/// Loss and metrics by name, in the order in which Keras shows them: {"accuracy", 0.98}, {"loss", 0.05}.
using Logs = std::vector<std::pair<std::string, double>>;

/// What a callback may know and change of the run it is in. Valid during the call only.
struct Run {
  int epochs = 0;
  /// Batches an epoch; the last may be short.
  int64_t steps = 0;
  /// Set it, and training ends after this batch, or after this epoch when set at an epoch's end: Keras's
  /// `model.stop_training`, only at once.
  bool stop_training = false;
};

/// Override what is of interest. Epochs and batches count from 0.
class Callback {
 public:
  virtual ~Callback() = default;
  virtual void on_train_begin(Run& /*run*/) {}
  virtual void on_train_end(Run& /*run*/, const Logs& /*logs*/) {}
  virtual void on_epoch_begin(Run& /*run*/, int /*epoch*/) {}
  /// `logs` hold the means over the epoch and, where there are validation data, "val_..." ones.
  virtual void on_epoch_end(Run& /*run*/, int /*epoch*/, const Logs& /*logs*/) {}
  virtual void on_batch_end(Run& /*run*/, int64_t /*batch*/, const Logs& /*logs*/) {}
};

using CallbackList = std::vector<std::shared_ptr<Callback>>;

}  // namespace antler::callbacks
