// From a class name in a model file to a layer. antler knows a fixed list of classes and executes nothing of
// a file.
#pragma once

#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler::layers {

/// A layer from Keras's class name and config, of Keras 2 or 3, with its name, trainable and input shape
/// (`batch_shape`, `batch_input_shape`). Throws Error naming the layer for a class that antler does not have,
/// a Lambda, a setting it cannot keep or a value of the wrong kind. "hard_sigmoid" is read as Keras 3's, x /
/// 6 + 1/2; Keras 2's was 0.2 x + 1/2.
Layer layer_from_config(const std::string& class_name, const Json& config);

/// Keras's class names of all layers that layer_from_config() knows, sorted.
std::vector<std::string> layer_classes();

}  // namespace antler::layers
