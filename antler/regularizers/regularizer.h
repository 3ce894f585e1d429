// What is added to the loss for large weights, or large outputs of a layer: Keras's regularizers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/graph/graph.h"

namespace antler::regularizers {

/// A value; empty for none. Built from a name ("l1", "l2", "l1_l2", "orthogonal_regularizer"), with Keras 3's
/// defaults, or by one of the functions below.
class Regularizer {
 public:
  /// None.
  Regularizer() = default;
  /// Throws Error for a name that Keras does not know.
  Regularizer(const char* name);  // NOLINT(google-explicit-constructor): a name is meant to serve as one
  /// From what Keras 2 or 3 saves: null, a name, or an object with "class_name" and "config". Throws Error
  /// for an unknown class or setting.
  static Regularizer from_config(const Json& saved);
  /// As Keras 3 writes it: {"module", "class_name", "config", "registered_name"}; null for none.
  Json to_config() const;

  explicit operator bool() const { return definition_ != nullptr; }
  /// Adds the penalty for `x`, times `scale`, to a graph: of shape (1). Must not be called of none.
  graph::Value lower(graph::Graph& graph, graph::Value x, double scale = 1.0) const;

  struct Definition;
  explicit Regularizer(std::shared_ptr<const Definition> definition) : definition_(std::move(definition)) {}

 private:
  std::shared_ptr<const Definition> definition_;
};

/// Each throws Error for a factor that is negative or not finite.

/// l1 * sum |x|
Regularizer L1(double l1 = 0.01);
/// l2 * sum x^2
Regularizer L2(double l2 = 0.01);
/// l1 * sum |x| + l2 * sum x^2
Regularizer L1L2(double l1 = 0.0, double l2 = 0.0);
/// factor * mean |cosine| of the pairs of a matrix's rows, or with `mode` "columns" of its columns.
Regularizer OrthogonalRegularizer(double factor = 0.01, const std::string& mode = "rows");

/// Keras's class names of all regularizers, sorted.
std::vector<std::string> regularizer_classes();

}  // namespace antler::regularizers
