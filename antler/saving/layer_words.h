// A layer in the words of the Keras that is to read it.
#pragma once

#include "antler/layers/layer.h"
#include "antler/models/model.h"
#include "antler/saving/flavour.h"

namespace antler::saving {

/// A layer's class and its own configuration. To all but Keras 2 they are those of for_keras_3(). Throws
/// Error for the hard sigmoid of Keras 2, which has no name elsewhere.
layers::SavedLayer words_for(Flavour flavour, const layers::LayerBase& layer);

/// Whether the model computes something that has a name in Keras 2 alone.
bool needs_keras2(const Model& model);

}  // namespace antler::saving
