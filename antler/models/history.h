// What fit() returns: Keras's History.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/callbacks/callback.h"
#include "antler/core/json.h"

namespace antler {

/// Loss and metrics of each epoch, in Keras's order of keys: accuracy, loss, val_accuracy, val_loss.
struct History {
  std::vector<int> epoch;
  std::vector<std::pair<std::string, std::vector<double>>> history;
  /// Wall-clock seconds of each epoch, validation included.
  std::vector<double> seconds;
  /// True when training was stopped before the last batch of the last epoch.
  bool stopped = false;

  /// Adds an epoch's loss and metrics and how many seconds it took.
  void append(int at, const callbacks::Logs& logs, double took);
  /// The values of one key; throws Error when there is none.
  const std::vector<double>& operator[](const std::string& key) const;
  bool contains(const std::string& key) const;
  /// {"accuracy": [...], "loss": [...], ..., "seconds": [...]}
  Json to_json() const;
};

/// The history in what to_json() or Python's json.dump(history.history) wrote; epochs count from 0. Throws
/// Error naming `where` when it is no object of lists of numbers, as many in each.
History history_from_json(const Json& json, std::string_view where);

}  // namespace antler
