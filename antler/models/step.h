// A compiled model's step on batches of one size: the layers lowered to a graph, planned, and run.
#pragma once

#include <optional>
#include <vector>

#include "antler/graph/plan.h"
#include "antler/models/model_state.h"

namespace antler {

struct StepOptions {
  int64_t batch = 0;
  bool training = false;
  /// Of the targets, with any batch extent. Without targets there are predictions only, no losses.
  std::optional<Shape> targets;
};

/// Runs a model on one batch at a time, forward and in training backward. Lives no longer than the model's layers.
class Step {
 public:
  Step(const Model::State& model, const StepOptions& options);

  /// `x` and `y` point at the batch's rows; `y` is null without targets.
  void forward(const float* x, const float* y, ops::RandomKey random);
  /// After forward() with the same key: the gradients of the batch's mean loss.
  void backward(ops::RandomKey random);

  int64_t batch() const { return batch_; }
  ConstView predictions() const { return plan_->value(predictions_); }
  /// One loss a sample.
  ConstView losses() const { return plan_->value(losses_); }
  /// Of the model's trainable weights, in order; zeros for one that the loss does not depend on.
  const std::vector<ConstView>& gradients() const { return gradients_; }

 private:
  int64_t batch_;
  graph::Value x_;
  graph::Value y_;
  graph::Value predictions_;
  graph::Value losses_;
  std::optional<graph::Plan> plan_;
  std::vector<ConstView> gradients_;
  std::vector<Tensor> zeros_;
};

}  // namespace antler
