#include "antler/losses/axes.h"

#include "antler/core/error.h"
#include "antler/ops/permute.h"

namespace antler::losses {

graph::Value with_axis_last(graph::Graph& graph, graph::Value value, int64_t axis) {
  const Shape& shape = graph.shape(value);
  const int rank = shape.rank();
  if (axis < -rank || axis >= rank || (rank > 1 && (axis == 0 || axis == -rank))) {
    throw Error("a loss along axis {} was asked for of predictions of shape {}; expected an axis of a sample",
                axis, shape.to_string());
  }
  const int from_front = static_cast<int>(axis < 0 ? axis + rank : axis);
  if (from_front == rank - 1) return value;
  ops::Permute permute;
  for (int each = 0; each < rank; ++each) {
    if (each != from_front) permute.order.push_back(each);
  }
  permute.order.push_back(from_front);
  return graph.apply(permute, {value});
}

}  // namespace antler::losses
