// What training makes small: Keras's losses.
#pragma once

#include <memory>
#include <string>

#include "antler/core/json.h"
#include "antler/graph/graph.h"

namespace antler::losses {

/// A value. Built from a name ("categorical_crossentropy", "mse", ...: Keras's aliases all work) or by one of
/// the functions below, whose names and defaults are Keras 3's.
class Loss {
 public:
  /// Throws Error for a name that antler does not have.
  Loss(const char* name);         // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Loss(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// From what Keras 2 or 3 saves: a name, or an object with "class_name" and "config". Throws Error for an
  /// unknown class or setting, and for one that antler cannot honour, such as another reduction than the
  /// mean.
  static Loss from_config(const Json& saved);
  /// What Keras 3 saves for it: the name it was given by, as it was given, or the object.
  Json to_config() const;

  /// "categorical_crossentropy", however it was given.
  const std::string& name() const;
  /// Adds the loss to a graph: from targets and predictions, both (batch, ...), one loss a sample, (batch,).
  /// As in Keras, a last axis of extent 1 that only one of them has is added or dropped, and crossentropies
  /// of predictions that come from a softmax or a sigmoid are worked out from what went into that. Throws
  /// Error when the shapes do not fit.
  graph::Value lower(graph::Graph& graph, graph::Value y_true, graph::Value y_pred) const;

  struct Definition;
  explicit Loss(std::shared_ptr<const Definition> definition);

 private:
  std::shared_ptr<const Definition> definition_;
};

struct CrossentropyOptions {
  bool from_logits = false;
  /// In [0, 1): how much of the target is spread evenly over the classes.
  double label_smoothing = 0.0;
};
/// Targets one-hot, or shares of each class. -sum(y log p); predictions are scaled to sum 1 and clipped to
/// [1e-7, 1 - 1e-7].
Loss CategoricalCrossentropy(const CrossentropyOptions& options = {});
/// The mean over the last axis of -(y log p + (1 - y) log(1 - p)).
Loss BinaryCrossentropy(const CrossentropyOptions& options = {});
/// Targets are class numbers, (batch,) or (batch, 1); one that is no class gives a loss of NaN.
Loss SparseCategoricalCrossentropy(bool from_logits = false);
Loss MeanSquaredError();
Loss MeanAbsoluteError();
Loss MeanAbsolutePercentageError();
Loss MeanSquaredLogarithmicError();
Loss KLDivergence();
Loss Poisson();
/// Targets -1 or 1; a batch of only 0 and 1 is translated.
Loss Hinge();
Loss SquaredHinge();
/// Targets one-hot.
Loss CategoricalHinge();
Loss LogCosh();
Loss Huber(double delta = 1.0);
/// From -1, the same direction, to 1.
Loss CosineSimilarity();

}  // namespace antler::losses
