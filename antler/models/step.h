// A compiled model's step on batches of one size: the layers lowered to a graph, planned, and run.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "antler/graph/plan.h"
#include "antler/models/model_state.h"

namespace antler {

struct StepOptions {
  int64_t batch = 0;
  bool training = false;
  /// Of the targets of each output, with any batch extent. Without targets there are predictions only, no
  /// losses.
  std::vector<Shape> targets;
  /// See PlanOptions.
  bool weights_stay = false;
  bool gradients_in_pieces = false;
};

/// Takes elements `first` on of the gradient of a trainable weight, by its number; see
/// graph::TakeParameterGradient.
using TakeWeightGradient = FunctionRef<void(size_t weight, int64_t first, std::span<const float> gradient)>;

/// Runs a model on one batch at a time, forward and in training backward. Lives no longer than the model's
/// layers.
class Step {
 public:
  Step(const Model::State& model, const StepOptions& options);

  /// `x` and `y` are the batch's rows, for each input and each output; `y` is not looked at without targets.
  void forward(std::span<const ConstView> x, std::span<const ConstView> y, ops::RandomKey random);
  /// After forward() with the same key: the gradients of the batch's loss, where each sample's loss counts as
  /// much as `sample_weights` says; empty: 1 each. `take` is for steps with gradients_in_pieces.
  void backward(ops::RandomKey random, std::span<const float> sample_weights = {},
                TakeWeightGradient take = {});

  /// See Plan::measure.
  void measure(Profile& profile) { plan_->measure(profile); }

  /// See Plan; `other` is a step of the same model for batches of the same size.
  void prepare() { plan_->prepare(); }
  void share_prepared(const Step& other) { plan_->share_prepared(*other.plan_); }
  int64_t arena_floats() const { return plan_->arena_floats(); }

  int64_t batch() const { return batch_; }
  size_t outputs() const { return predictions_.size(); }
  ConstView predictions(size_t output = 0) const { return plan_->value(predictions_[output]); }
  /// False for an output that is not trained on.
  bool has_loss(size_t output = 0) const { return losses_[output].has_value(); }
  /// The batch's loss on one output as Keras reports it, without its weight among the outputs.
  double loss(size_t output = 0, std::span<const float> sample_weights = {}) const;
  /// What regularizers add to the batch's loss.
  double penalty() const;
  /// Of the model's trainable weights, in order; zeros for one that the loss does not depend on, no data
  /// for one that has come in pieces.
  const std::vector<ConstView>& gradients() const { return gradients_; }

 private:
  /// An output's loss, what it gives for the batch, and how much it counts.
  struct OutputLoss {
    losses::Loss loss;
    graph::Value values;
    double weight;
  };
  ConstView gradient_of(const Tensor& weight, std::optional<graph::Value> value);
  losses::BatchLosses batch_losses(size_t output, std::span<const float> sample_weights) const;

  int64_t batch_;
  std::vector<graph::Value> x_;
  std::vector<graph::Value> y_;
  std::vector<graph::Value> predictions_;
  std::vector<std::optional<OutputLoss>> losses_;
  std::vector<graph::Value> penalties_;
  std::optional<graph::Plan> plan_;
  std::vector<std::optional<graph::Value>> weights_;
  std::vector<ConstView> gradients_;
  std::vector<Tensor> zeros_;
};

}  // namespace antler
