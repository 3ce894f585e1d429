#include "antler/layers/axes.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/permute.h"

namespace antler::layers {
namespace {

graph::Value permuted(Lowering& to, graph::Value x, const std::vector<int>& order) {
  if (std::ranges::is_sorted(order)) return x;
  ops::Permute permute;
  permute.order = order;
  return to.graph.apply(permute, {x});
}

}  // namespace

std::vector<int> Axes::of(const Shape& input) const {
  std::vector<int> axes;
  for (int axis : numbers_) axes.push_back(input.checked_axis(axis));
  std::ranges::sort(axes);
  if (!axes.empty() && axes[0] == 0) throw Error("axis 0 is the batch; expected another");
  if (std::ranges::adjacent_find(axes) != axes.end()) throw Error("an axis is given twice");
  return axes;
}

void read_field(ConfigReader& config, const std::string& key, Axes& axes) {
  const Json& found = config.value(key);
  if (found.is_null()) return;
  const std::vector<int> numbers = config.axes(key);
  axes = found.is_array() ? Axes(numbers) : Axes(numbers[0]);
}

Json to_config(const Axes& axes) {
  return axes.is_list() ? Json(axes.numbers()) : Json(axes.numbers()[0]);
}

graph::Value with_axes_last(Lowering& to, graph::Value x, const std::vector<int>& axes,
                            const std::function<graph::Value(graph::Value)>& on_last) {
  const int rank = to.graph.shape(x).rank();
  std::vector<int> order;
  for (int axis = 0; axis < rank; ++axis) {
    if (!std::ranges::binary_search(axes, axis)) order.push_back(axis);
  }
  order.insert(order.end(), axes.begin(), axes.end());
  std::vector<int> back(order.size());
  for (int axis = 0; axis < rank; ++axis) back[static_cast<size_t>(order[static_cast<size_t>(axis)])] = axis;
  return permuted(to, on_last(permuted(to, x, order)), back);
}

}  // namespace antler::layers
