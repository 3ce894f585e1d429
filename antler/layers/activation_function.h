// keras.activations by name.
#pragma once

#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler::layers {

/// The name Keras 3 writes for an activation: "silu" for "swish", "linear" for "". Throws Error for a name
/// that Keras or antler does not have. "hard_sigmoid" is Keras 3's, clip(x / 6 + 1/2, 0, 1), and
/// "hard_sigmoid_of_keras_2" is Keras 2's, clip(0.2 x + 1/2, 0, 1).
std::string checked_activation(const std::string& name);
/// The names of keras.activations that checked_activation() knows, other names of the same included, sorted.
std::vector<std::string> activation_names();
/// Adds the activation, a name from checked_activation(), behind `x`; "linear" adds nothing.
graph::Value activate(Lowering& to, graph::Value x, const std::string& name);

}  // namespace antler::layers
