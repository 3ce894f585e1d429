// A functional model's layers as Keras lists them. Its legacy files hold weights in that order, and it hands
// them out in that order again, whatever their names.
#pragma once

#include <string>
#include <vector>

#include "antler/models/model.h"

namespace antler::saving {

/// The model's layers in Keras's order, each once; a Sequential's without its InputLayer.
std::vector<layers::Layer> keras_layers(const Model& model);

/// A nested model's layers in Keras's order; none of any other layer.
std::vector<layers::Layer> sublayers_of(const layers::Layer& layer);

/// A weight as Keras lists it.
struct KerasWeight {
  /// "dense/kernel"; of a layer in a nested model "encoder/dense/kernel".
  std::string path;
  layers::Weight* weight = nullptr;
  /// Whether training changes it.
  bool trainable = true;
};

/// The layer's weights, those of its sublayers included, each once, in Keras's order.
std::vector<KerasWeight> keras_weights(const layers::Layer& layer);

/// The weights that training changes, in Keras's order.
std::vector<KerasWeight> keras_trainable_weights(const Model& model);

}  // namespace antler::saving
