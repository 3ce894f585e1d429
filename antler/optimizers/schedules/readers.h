// How the settings of each schedule are read from a model file, and what their formulas share.
#pragma once

#include "antler/core/error.h"
#include "antler/core/settings.h"
#include "antler/optimizers/schedules/schedules.h"

namespace antler::optimizers {

Schedule read_exponential_decay(Settings& settings);
Schedule read_inverse_time_decay(Settings& settings);
Schedule read_piecewise_constant_decay(Settings& settings);
Schedule read_polynomial_decay(Settings& settings);
Schedule read_cosine_decay(Settings& settings);
Schedule read_cosine_decay_restarts(Settings& settings);

/// A number of steps as Python writes it: whole where it is whole.
Json steps_to_config(double steps);

/// `what` is the argument's name. Throws Error unless steps > 0.
void require_steps(const char* class_name, const char* what, double steps);

}  // namespace antler::optimizers
