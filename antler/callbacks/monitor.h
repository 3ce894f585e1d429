// What EarlyStopping, ModelCheckpoint and ReduceLROnPlateau share: a value of the logs, and whether it got
// better.
#pragma once

#include <optional>
#include <string>

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

/// Keras's MonitorCallback, as a value that a callback holds.
class Monitor {
 public:
  /// Watches `name`, which is better when it is lower ("min") or higher ("max"); "auto" goes by the name: the
  /// loss and error metrics are to be low, accuracies and the like high. A change of less than `min_delta` is
  /// no improvement. Throws Error, beginning with `callback`, for another mode and for a name that "auto"
  /// does not know: Keras 3 waits until the first epoch is over to say so, and takes another mode for "auto".
  Monitor(const std::string& callback, std::string name, const std::string& mode, double min_delta = 0.0);

  const std::string& name() const { return name_; }
  /// Nothing when the logs do not have it.
  std::optional<double> value(const Logs& logs) const;
  /// Anything improves on nothing.
  bool is_improvement(double value, const std::optional<double>& reference) const;

 private:
  std::string name_;
  bool higher_is_better_ = false;
  double min_delta_;
};

/// What Callback::state() remembers of a best value, and back; null where there is none.
Json best_to_json(const std::optional<double>& best);
std::optional<double> best_from_json(const Json& saved);
/// What Callback::state() remembers of a count: of epochs, of batches. Throws Error unless it is one.
int count_from_json(const Json& saved);
/// Whether `state` is one of this class of callback, watching `monitor`.
bool is_state_of(const Json& state, const std::string& class_name, const std::string& monitor);

/// "accuracy,loss": the names of the logs, as Keras's warnings list them.
std::string names_of(const Logs& logs);

}  // namespace antler::callbacks
