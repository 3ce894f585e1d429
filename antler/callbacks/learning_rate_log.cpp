#include "antler/callbacks/learning_rate_log.h"

#include <algorithm>

namespace antler::callbacks {

void log_learning_rate(const TrainedModel& model, Logs& logs) {
  const std::string name = "learning_rate";
  const auto known = std::ranges::find(logs, name, [](const auto& entry) { return entry.first; });
  if (known != logs.end()) {
    known->second = model.learning_rate();
  } else {
    logs.emplace_back(name, model.learning_rate());
  }
}

}  // namespace antler::callbacks
