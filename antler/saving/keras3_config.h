// A model as Keras 3 writes it outside of legacy files: config.json of a .keras file, and Model.to_json().
#pragma once

#include "antler/core/json.h"
#include "antler/models/model.h"
#include "antler/saving/model_config.h"

namespace antler::saving {

/// Its architecture, and "compile_config" where it is compiled. Throws Error, naming the layer, for one that
/// Keras 3 does not have.
Json model_to_keras3(const Model& model);

/// The same back, compiled where the configuration says so. Throws Error as model_from_config() does.
Model model_from_keras3(const Json& saved, const ConfigContext& context);

}  // namespace antler::saving
