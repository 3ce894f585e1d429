// Those who watch a run, told one after another.
#pragma once

#include <algorithm>
#include <utility>

#include "antler/callbacks/callback.h"

namespace antler {

/// A run and its callbacks.
class Watchers {
 public:
  Watchers(const callbacks::CallbackList& list, const callbacks::Run& first) : run(first), list_(list) {}

  /// `tell(&Callback::on_epoch_begin, epoch)` calls it on each.
  template <typename Method, typename... Arguments>
  void tell(Method method, Arguments&&... arguments) {
    for (const auto& each : list_) ((*each).*method)(run, arguments...);
  }
  /// Whether one may look on, or step in, between two batches of an evaluation.
  bool watch_test_batches() const {
    return std::ranges::any_of(list_, &callbacks::ListedCallback::watches_test_batches);
  }

  callbacks::Run run;

 private:
  const callbacks::CallbackList& list_;
};

}  // namespace antler
