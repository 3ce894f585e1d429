// The learning rate among the logs.
#pragma once

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

/// Sets "learning_rate" in `logs`, or adds it behind the others.
void log_learning_rate(const TrainedModel& model, Logs& logs);

}  // namespace antler::callbacks
