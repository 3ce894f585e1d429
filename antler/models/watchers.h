// Those who watch a run, told one after another.
#pragma once

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
  const callbacks::CallbackList& list() const { return list_; }

  callbacks::Run run;

 private:
  const callbacks::CallbackList& list_;
};

}  // namespace antler
