// The architecture of a model as Keras's JSON.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/layers/config_reader.h"
#include "antler/models/model.h"
#include "antler/saving/flavour.h"
#include "antler/saving/inbound_nodes.h"

namespace antler::saving {

/// {"class_name": "Sequential" or "Functional", "config": {...}}, and what Keras 3 has beside them in its own
/// format. Throws Error, naming the layer, for one that the Keras of that flavour does not have.
Json model_to_config(const Model& model, Flavour flavour);

/// How many numbers the file holds for the weights of a layer; asked once for each layer that has weights.
using StoredNumbers = std::function<int64_t(const std::string& layer)>;

/// What is known of a configuration beside it.
struct ConfigContext {
  StoredNumbers stored;
  /// The layers in the order antler applies them, where it is known, so that random numbers stay the same;
  /// else it is Keras's order.
  std::vector<std::string> calls = {};
  layers::Dialect dialect = layers::Dialect::keras3;
};

/// The model of a configuration of Keras 2 or 3, built, its weights still to be set. Throws Error, naming the
/// layer, when antler cannot make it, and before a layer is built that needs far more numbers than are stored
/// for it.
Model model_from_config(const Json& saved, const ConfigContext& context);

}  // namespace antler::saving
