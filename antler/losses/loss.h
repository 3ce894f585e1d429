// What training makes small: a loss of Keras's. losses.h has them all by name.
#pragma once

#include <memory>
#include <string>

#include "antler/core/json.h"
#include "antler/graph/graph.h"
#include "antler/losses/reduction.h"

namespace antler::losses {

/// A value. Built from a name ("categorical_crossentropy", "mse", ...: Keras's aliases all work) or by one of
/// the functions in losses.h.
class Loss {
 public:
  /// Throws Error for a name that antler does not have.
  Loss(const char* name);         // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Loss(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// From what Keras 2 or 3 saves: a name, or an object with "class_name" and "config". Throws Error for an
  /// unknown class or setting, and for a value that the setting cannot have.
  static Loss from_config(const Json& saved);
  /// What Keras 3 saves for it: the name it was given by, as it was given, or the object.
  Json to_config() const;

  /// "categorical_crossentropy", however it was given.
  const std::string& name() const;
  Reduction reduction() const;
  /// Adds the loss to a graph: from targets and predictions, both (batch, ...), to values before Keras's
  /// reduction: (batch, ...) without the axis that the loss works along. As in Keras, a last axis of extent 1
  /// that only one of them has is added or dropped, and crossentropies of predictions that come from a
  /// softmax or a sigmoid are worked out from what went into that. Throws Error when the shapes do not fit.
  graph::Value lower(graph::Graph& graph, graph::Value y_true, graph::Value y_pred) const;
  /// Whether a value of lower() is one that Keras's mask leaves in.
  bool counts(const BatchLosses& batch, size_t value) const;
  /// The values of lower() as the one number that Keras reports. Throws Error when the weights do not fit
  /// them.
  double reduce(const BatchLosses& batch) const;
  /// Fills `shares`, one for each value, so that training makes the sum of share * value small: the same
  /// number, or with Reduction::none the sum. Throws Error when the weights do not fit the values.
  void shares(const BatchLosses& batch, std::span<float> shares) const;

  struct Definition;
  explicit Loss(std::shared_ptr<const Definition> definition);

 private:
  std::shared_ptr<const Definition> definition_;
};

}  // namespace antler::losses
