// From a class name in a model file to a layer. antler knows a fixed list of classes and executes nothing of
// a file.
#pragma once

#include <string>
#include <vector>

#include "antler/layers/config_reader.h"
#include "antler/layers/layer.h"

namespace antler::layers {

/// A layer from Keras's class name and config, with its name, trainable, activity_regularizer and input shape
/// (`batch_shape`, `batch_input_shape`). The words of both Kerases are understood; where they mean different
/// things, `dialect` decides. Throws Error naming the layer for a class that antler does not have, a Lambda,
/// a setting it cannot keep or a value of the wrong kind.
Layer layer_from_config(const std::string& class_name, const Json& config, Dialect dialect = Dialect::keras3);

/// Keras's class names of all layers that layer_from_config() knows, sorted, without its other names for some
/// of them: MaxPool2D, Convolution2D.
std::vector<std::string> layer_classes();

}  // namespace antler::layers
