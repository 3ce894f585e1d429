// Which nodes of a layered diagram stand straight below each other.
#pragma once

#include <vector>

#include "antler/visual/layering.h"

namespace antler::visual {

/// The column of each node, numbered from 0. A column has at most one node a layer, in layers that follow
/// each other, and columns never cross: they can all be straight. A long edge is straight where it can be;
/// else a node stands below the one that it follows when each is the middle one of the other's neighbours, so
/// that a trunk is straight, and an even number of branches lies around it.
std::vector<int> columns_of(const Layering& graph);

}  // namespace antler::visual
