// Lays out a plan: what runs, in which memory, and where each gradient goes.
#pragma once

#include "antler/graph/plan.h"

namespace antler::graph {

/// Fills `plan`, which holds its graph, fused, and nothing else.
void lay_out(Plan& plan, const PlanOptions& options);

}  // namespace antler::graph
