// A stack of layers, each fed by the one before: Keras's Sequential.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/models/model.h"

namespace antler {

/// Its input shape comes from an Input, from the first layer's `input_shape`, or from the data of the first
/// fit() or predict(); only then are layers built and have weights.
class Sequential : public Model {
 public:
  Sequential();
  explicit Sequential(const std::vector<layers::Layer>& layers, const std::string& name = "");

  /// Throws Error when the layer cannot take what the one before it gives.
  void add(const layers::Layer& layer);
  /// Removes the last layer. Throws Error when there is none.
  void pop();
};

}  // namespace antler
