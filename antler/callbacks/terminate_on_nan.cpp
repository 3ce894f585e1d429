#include "antler/callbacks/terminate_on_nan.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "antler/callbacks/messages.h"
#include "antler/core/error.h"

namespace antler::callbacks {

void TerminateOnNaN::on_batch_end(Run& run, int64_t batch, const Logs& logs) {
  const auto loss = std::ranges::find(logs, "loss", [](const auto& entry) { return entry.first; });
  if (loss == logs.end() || std::isfinite(loss->second)) return;
  if (raise_error_)
    throw Error("batch {} has a loss of {}; expected a finite number", batch, python_number(loss->second));
  print_message(fmt::format("Batch {}: Invalid loss, terminating training", batch));
  run.stop_training = true;
}

}  // namespace antler::callbacks
