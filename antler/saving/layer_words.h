// A layer in the words of the Keras that is to read it.
#pragma once

#include <string>

#include "antler/core/json.h"
#include "antler/models/model.h"
#include "antler/saving/flavour.h"

namespace antler::saving {

struct LayerWords {
  std::string class_name;
  Json config;
};

/// A layer's class and its own configuration, which come in Keras 3's words, in those of `flavour`.
/// ThresholdedReLU, which Keras 3 has no more, is a ReLU to all but Keras 2. Throws Error for the hard
/// sigmoid of Keras 2, which has no name elsewhere.
LayerWords words_for(Flavour flavour, const std::string& class_name, const Json& config);

/// Whether the model computes something that has a name in Keras 2 alone.
bool needs_keras2(const Model& model);

}  // namespace antler::saving
