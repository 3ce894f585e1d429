// The order in which Keras lists the layers of a functional model.
#pragma once

#include <vector>

namespace antler {

/// A layer applied once; `layer` numbers the layers, `inputs` are positions of other applications.
struct Application {
  int layer = 0;
  std::vector<int> inputs;
};

/// Positions of the applications that `outputs` and `inputs` need, in Keras's order: by depth, the longest
/// way to an output, then by when a walk from the outputs meets the layer first (Keras's map_graph, the same
/// in Keras 2 and 3). An application comes after those it needs. Throws Error when they need each other in a
/// circle.
std::vector<int> keras_order(const std::vector<Application>& applications, const std::vector<int>& inputs,
                             const std::vector<int>& outputs);

}  // namespace antler
