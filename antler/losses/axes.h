// Losses along another axis than the last.
#pragma once

#include <cstdint>

#include "antler/graph/graph.h"

namespace antler::losses {

/// `value` with `axis` moved to the end, so that an operation on rows works along it. Throws Error for an
/// axis that is not there, and for the batch axis.
graph::Value with_axis_last(graph::Graph& graph, graph::Value value, int64_t axis);

}  // namespace antler::losses
