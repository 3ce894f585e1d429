// What a model was compiled with, as Keras's JSON.
#pragma once

#include "antler/core/json.h"
#include "antler/models/model.h"
#include "antler/saving/flavour.h"

namespace antler::saving {

/// {"loss", "metrics", "weighted_metrics", "loss_weights", "optimizer_config"} of a compiled model.
Json training_to_config(const Model& model, Flavour flavour);

/// The same as Keras 3 has it in its own format, "compile_config": the optimizer is called "optimizer" there.
Json compile_to_config(const Model& model);
/// A "compile_config" as what training_from_config() takes.
Json training_of_compile_config(Json saved);

/// A configuration of Keras 2, which puts the name of the output before that of each of its metrics where
/// there are several outputs, with the metrics' own names.
Json without_output_names(Json saved, const Model& model);

/// The compile arguments of `model` in a configuration of Keras 2 or 3. An optimizer that came from Keras 2
/// remembers that: see flavour_of(). Throws Error when antler does not have what the model was trained with.
CompileOptions training_from_config(const Json& saved, const Model& model, Flavour flavour);

/// True when the configuration names a loss: without one, a model is as good as not compiled.
bool has_loss(const Json& saved);

}  // namespace antler::saving
