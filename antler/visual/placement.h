// Where nodes stand sideways, once it is settled which is left of which.
#pragma once

#include <span>
#include <vector>

#include "antler/visual/layering.h"

namespace antler::visual {

/// The centre of each node, x growing to the right: near the middle of its neighbours, as far as the nodes
/// beside it allow, whose borders keep at least `gap` apart. `widths` are those of all nodes.
std::vector<double> place_nodes(const Layering& graph, std::span<const double> widths, double gap);

}  // namespace antler::visual
