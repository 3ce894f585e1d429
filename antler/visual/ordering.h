// Which node of a layer stands left and which right, so that edges cross seldom.
#pragma once

#include <cstdint>

#include "antler/visual/layering.h"

namespace antler::visual {

/// How often edges between neighbouring layers cross, O(E log V).
int64_t crossings(const Layering& graph);

/// Orders the nodes of each layer. Starts from a walk along the edges, so that first branches stand left,
/// then sweeps down and up, each time ordering a layer by the mean place of each node's neighbours (Sugiyama,
/// Tagawa and Toda, 1981), and keeps the best order met.
void order_layers(Layering& graph);

}  // namespace antler::visual
