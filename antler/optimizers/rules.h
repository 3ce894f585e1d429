// How the options of each class are read from a model file.
#pragma once

#include "antler/optimizers/optimizer.h"
#include "antler/core/settings.h"

namespace antler::optimizers {

// Each leaves the learning rate at its default: it is read with the settings that all optimizers share.
Optimizer read_sgd(Settings& settings);
Optimizer read_rmsprop(Settings& settings);
Optimizer read_adam(Settings& settings);

}  // namespace antler::optimizers
