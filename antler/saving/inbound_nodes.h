// How the layers of a functional model feed each other, as Keras writes it.
#pragma once

#include <string>
#include <vector>

#include "antler/core/json.h"

namespace antler::saving {

/// What an application of a layer gives.
struct Output {
  std::string layer;
  int application = 0;
  /// Which of its outputs.
  int number = 0;
};

/// What a layer is given, in one of the forms of Keras 2, [["conv2d", 0, 0, {}], ...], or of Keras 3,
/// {"args": [...], "kwargs": {}}. The model's own inputs and outputs are written as the former. Throws Error
/// when a layer is given anything but the outputs of layers, or keywords that mean something.
std::vector<Output> node_inputs(const Json& node);

}  // namespace antler::saving
