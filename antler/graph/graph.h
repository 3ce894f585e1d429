// A model as operations on values, before memory is planned for it.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/ops/operation.h"

namespace antler::graph {

/// A tensor in a graph, by number.
struct Value {
  int id = -1;
  friend bool operator==(Value, Value) = default;
};

/// One operation applied to values.
struct Node {
  std::shared_ptr<const ops::Operation> operation;
  std::vector<Value> inputs;
  /// Values that the operation updates while running, such as moving statistics.
  std::vector<Value> state;
  Value output;
};

/// Values and the operations that make them, in an order in which they can run. Shapes are concrete, batch
/// included.
class Graph {
 public:
  /// A value that is handed in at each run.
  Value input(const Shape& shape);
  /// A value that lives in `tensor`, which must outlive the graph. The same tensor gives the same value each
  /// time. Only trainable parameters get a gradient.
  Value parameter(Tensor& tensor, bool trainable);
  /// The output of `operation` on `inputs`. Throws Error when the shapes do not fit.
  Value apply(std::shared_ptr<const ops::Operation> operation, std::vector<Value> inputs,
              std::vector<Value> state = {});
  /// The same for an operation given by value: `graph.apply(ops::Activation{...}, {x})`.
  template <std::derived_from<ops::Operation> Op>
  Value apply(Op operation, std::vector<Value> inputs, std::vector<Value> state = {}) {
    return apply(std::make_shared<const Op>(std::move(operation)), std::move(inputs), std::move(state));
  }

  const Shape& shape(Value value) const { return entry(value).shape; }
  /// The tensor behind a parameter, null for any other value.
  Tensor* tensor(Value value) const { return entry(value).tensor; }
  bool is_trainable(Value value) const { return entry(value).trainable; }
  int value_count() const { return static_cast<int>(values_.size()); }

  const std::vector<Node>& nodes() const { return nodes_; }
  /// For rewriting: outputs keep their numbers, and the order must stay one that can run.
  std::vector<Node>& nodes() { return nodes_; }
  /// How many node inputs read `value`.
  int uses(Value value) const;
  /// The value that lives in `tensor`; nothing when no operation reads it.
  std::optional<Value> find(const Tensor& tensor) const;
  /// The node that makes `value`; null for inputs and parameters.
  const Node* producer(Value value) const;

 private:
  struct Entry {
    Shape shape;
    Tensor* tensor = nullptr;
    bool trainable = false;
  };
  const Entry& entry(Value value) const { return values_.at(static_cast<size_t>(value.id)); }
  Value add(const Entry& entry);

  std::vector<Entry> values_;
  std::vector<Node> nodes_;
};

}  // namespace antler::graph
