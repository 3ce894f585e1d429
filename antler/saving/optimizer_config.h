// The optimizer of a compiled model, as Keras's JSON.
#pragma once

#include "antler/core/json.h"
#include "antler/optimizers/optimizer.h"
#include "antler/saving/flavour.h"

namespace antler::saving {

/// {"class_name", "config"}, and of Flavour::keras3 {"module", "class_name", "config", "registered_name"}.
Json optimizer_to_config(const optimizers::Optimizer& optimizer, Flavour flavour);

/// From any of these, of Keras 2 or 3. One of Flavour::keras2 remembers that: see flavour_of(). Throws Error
/// for a class or a setting that antler does not have.
optimizers::Optimizer optimizer_from_config(const Json& saved, Flavour flavour);

/// Which flavour of file the optimizer came from; `both` for one that a program made.
Flavour flavour_of(const optimizers::Optimizer& optimizer);

}  // namespace antler::saving
