// A functional model's layers as Keras lists them. Its legacy files hold weights in that order, and it hands
// them out in that order again, whatever their names.
#pragma once

#include <vector>

#include "antler/models/model.h"

namespace antler::saving {

/// The model's layers in Keras's order, each once; a Sequential's without its InputLayer.
std::vector<layers::Layer> keras_layers(const Model& model);

/// The weights that training changes, in Keras's order, as positions in model.trainable_weights().
std::vector<size_t> keras_trainable_weights(const Model& model);

}  // namespace antler::saving
