// The optimizer of a compiled model, as Keras's JSON.
#pragma once

#include "antler/core/json.h"
#include "antler/optimizers/optimizer.h"

namespace antler::saving {

/// For whom an optimizer is written. Keras 3 cannot train on from a legacy file that holds optimizer state,
/// Keras 2 needs it there to go on: docs/formats.md.
enum class Flavour { both, keras2 };

/// {"class_name", "config"}, for a legacy file.
Json optimizer_to_config(const optimizers::Optimizer& optimizer, Flavour flavour);

/// {"module", "class_name", "config", "registered_name"}: what Keras 3 has in its own format.
Json optimizer_to_keras3_config(const optimizers::Optimizer& optimizer);

/// From any of these, of Keras 2 or 3. One of Flavour::keras2 remembers that: see flavour_of(). Throws Error
/// for a class or a setting that antler does not have.
optimizers::Optimizer optimizer_from_config(const Json& saved, Flavour flavour);

/// Which flavour of file the optimizer came from; `both` for one that a program made.
Flavour flavour_of(const optimizers::Optimizer& optimizer);

}  // namespace antler::saving
