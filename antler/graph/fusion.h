// Rewrites of a graph that compute the same with fewer passes over memory.
#pragma once

#include <vector>

#include "antler/graph/graph.h"

namespace antler::graph {

/// Merges neighbours where one operation does the work of both: zero padding into convolution, relu into
/// convolution, dense, normalisation and sums, normalisation with max pooling, and a first convolution with
/// both. A normalisation that alone reads what a relu left takes the relu's gradient along; in a graph that
/// nobody asks for gradients, it merges with the convolution before it. Values in `outputs` stay readable.
void fuse(Graph& graph, const std::vector<Value>& outputs, bool has_gradients = true);

}  // namespace antler::graph
