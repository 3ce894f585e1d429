#include "antler/graph/graph.h"

#include <algorithm>

namespace antler::graph {

Value Graph::add(const Entry& entry) {
  values_.push_back(entry);
  return Value{value_count() - 1};
}

Value Graph::input(const Shape& shape) {
  return add({.shape = shape});
}

std::optional<Value> Graph::find(const Tensor& tensor) const {
  const auto known = std::ranges::find(values_, &tensor, [](const Entry& entry) { return entry.tensor; });
  if (known == values_.end()) return std::nullopt;
  return Value{static_cast<int>(known - values_.begin())};
}

Value Graph::parameter(Tensor& tensor, bool trainable) {
  if (const std::optional<Value> known = find(tensor)) return *known;
  return add({.shape = tensor.shape(), .tensor = &tensor, .trainable = trainable});
}

Value Graph::apply(std::shared_ptr<const ops::Operation> operation, std::vector<Value> inputs,
                   std::vector<Value> state) {
  std::vector<Shape> shapes;
  for (Value value : inputs) shapes.push_back(shape(value));
  const Value output = add({.shape = operation->output_shape(shapes)});
  nodes_.push_back({std::move(operation), std::move(inputs), std::move(state), output});
  return output;
}

int Graph::uses(Value value) const {
  int count = 0;
  for (const Node& node : nodes_) count += static_cast<int>(std::ranges::count(node.inputs, value));
  return count;
}

const Node* Graph::producer(Value value) const {
  const auto node = std::ranges::find(nodes_, value, &Node::output);
  return node == nodes_.end() ? nullptr : &*node;
}

}  // namespace antler::graph
