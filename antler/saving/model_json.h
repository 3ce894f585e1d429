// A model without its weights, as JSON.
#pragma once

#include <string>

#include "antler/models/model.h"

namespace antler {

/// Keras 3's Model.to_json(): the layers, how they feed each other, and the arguments of compile(); neither
/// weights nor the optimizer's state. Throws Error, naming the layer, for one that Keras 3 does not have.
std::string model_to_json(const Model& model);

/// Keras's keras.models.model_from_json(): of Keras 3 or 2, with newly drawn weights, compiled where the JSON
/// says so. Throws Error for what is no configuration of a model, and for classes that antler does not have.
Model model_from_json(const std::string& json);

}  // namespace antler
