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
/// To all but Keras 2 the class is that of class_in_keras3(). Throws Error for the hard
/// sigmoid of Keras 2, which has no name elsewhere.
LayerWords words_for(Flavour flavour, const std::string& class_name, const Json& config);

/// The class of a layer in Keras 3: "ReLU" of a ThresholdedReLU.
std::string class_in_keras3(const std::string& class_name);

/// Whether the model computes something that has a name in Keras 2 alone.
bool needs_keras2(const Model& model);

}  // namespace antler::saving
