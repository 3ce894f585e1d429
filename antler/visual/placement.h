// Where nodes stand sideways, once it is settled which is left of which.
#pragma once

#include <span>
#include <vector>

#include "antler/visual/layering.h"

namespace antler::visual {

/// The centre of each node, x growing to the right: the columns of columns_of() are straight, each near the
/// middle of what it is joined to, and within a layer borders keep at least `gap` apart. `widths` are those
/// of all nodes; a bend has none.
std::vector<double> place_nodes(const Layering& graph, std::span<const double> widths, double gap);

}  // namespace antler::visual
