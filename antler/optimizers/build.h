// An optimizer's state before it has updated anything.
#pragma once

#include <span>

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

/// Keras's Optimizer.build(): creates what is missing of the state for these weights, as the first call of
/// apply() does. Throws Error for a rule that keeps more tensors a weight than it may.
void build(Optimizer& optimizer, std::span<const View> weights);

}  // namespace antler::optimizers
