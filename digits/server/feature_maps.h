// What each layer of a network sees.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/models/model.h"

namespace antler::digits::server {

/// A model that shares all layers of `model`, and gives what each of its calls but the inputs gives, the last
/// one included.
Model with_all_layers_as_outputs(const Model& model);

/// For the page, from the outputs of such a model for one image: for each layer {"name", "class", "shape",
/// "maps", "height", "width", "pixels"}, where "pixels" are `maps` pictures one behind the other, row by row,
/// in whole numbers from 0 for the layer's lowest value (or zero, if that is lower) to 255 for its highest.
/// At most 64 maps of a layer; what is no image is one map of one row, of at most 4096 pixels.
Json feature_maps(const Model& all_layers, const std::vector<Tensor>& outputs);

}  // namespace antler::digits::server
