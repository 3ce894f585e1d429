// Gradients kept from growing too large.
#pragma once

#include <span>

#include "antler/core/tensor.h"
#include "antler/optimizers/shared_options.h"

namespace antler::optimizers {

/// Whether clip_gradients() does anything.
bool clips_gradients(const SharedOptions& options);

/// Clips as clipnorm, global_clipnorm or clipvalue of the options say.
void clip_gradients(std::span<Tensor> gradients, const SharedOptions& options);

}  // namespace antler::optimizers
