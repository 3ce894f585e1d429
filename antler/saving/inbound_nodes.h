// How the layers of a functional model feed each other, as Keras writes it.
#pragma once

#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/layer.h"

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

/// Where an output of a layer is referred to: by a layer that takes it, or as an input or output of the
/// model.
enum class Reference { in_a_layer, as_an_end };

/// The number that Keras gives a layer's first application. It is 0, but 1 for a model that serves as a layer
/// and begins with inputs of its own, whose application to these counts: in Keras 2 everywhere; in Keras 3
/// for functional models as an end alone.
int first_application(const layers::Layer& layer, layers::Dialect dialect, Reference reference);

}  // namespace antler::saving
