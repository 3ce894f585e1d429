// What a model was compiled with, as Keras's JSON.
#pragma once

#include "antler/core/json.h"
#include "antler/models/model.h"

namespace antler::saving {

/// For whom an optimizer is written. Keras 3 cannot train on from a legacy file that holds optimizer state,
/// Keras 2 needs it there to go on: docs/formats.md.
enum class Flavour { both, keras2 };

/// {"loss", "metrics", "weighted_metrics", "loss_weights", "optimizer_config"} of a compiled model.
Json training_to_config(const Model& model, Flavour flavour);

/// The compile arguments of `model` in a configuration of Keras 2 or 3. An optimizer that came from Keras 2
/// remembers that: see flavour_of(). Throws Error when antler does not have what the model was trained with.
CompileOptions training_from_config(const Json& saved, const Model& model, Flavour flavour);

/// True when the configuration names a loss: without one, a model is as good as not compiled.
bool has_loss(const Json& saved);

/// Which flavour of file the optimizer came from; `both` for one that a program made.
Flavour flavour_of(const optimizers::Optimizer& optimizer);

}  // namespace antler::saving
