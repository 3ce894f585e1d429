// The optimizers there are: their names, and how the options of each are read from a model file.
#pragma once

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

using OptimizerReader = Optimizer (*)(Settings& settings);

/// By Keras's class name, in any case; Keras 2's "Custom>RMSprop" as well. Throws Error for a name that
/// antler does not have.
OptimizerReader reader_of(const std::string& class_name);

/// Keras's to_snake_case of a class name: the name of what a user did not name.
std::string default_name(const std::string& class_name);

Optimizer read_adadelta(Settings& settings);
Optimizer read_adagrad(Settings& settings);
Optimizer read_adam(Settings& settings);
Optimizer read_adamax(Settings& settings);
Optimizer read_adamw(Settings& settings);
Optimizer read_ftrl(Settings& settings);
Optimizer read_lion(Settings& settings);
Optimizer read_nadam(Settings& settings);
Optimizer read_rmsprop(Settings& settings);
Optimizer read_sgd(Settings& settings);

}  // namespace antler::optimizers
