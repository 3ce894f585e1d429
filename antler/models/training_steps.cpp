#include "antler/models/training_steps.h"

#include "antler/optimizers/build.h"

namespace antler {
namespace {

// A dataset may have batches of any size, and each size's step has memory of its own.
constexpr size_t most_sizes = 4;

}  // namespace

TrainingSteps::TrainingSteps(Model::State& model, std::vector<Shape> targets, Profile* profile)
    : model_(model), targets_(std::move(targets)), weights_(model.trainable_weights()), profile_(profile) {
  // As in Keras, before callbacks hear of anything: one may load an optimizer's state.
  optimizers::build(model_.compiled->optimizer, weight_views());
}

Step& TrainingSteps::step_of_size(int64_t rows) {
  const auto known = steps_by_size_.find(rows);
  if (known != steps_by_size_.end()) return known->second;
  if (steps_by_size_.size() == most_sizes) steps_by_size_.clear();
  const StepOptions options{.batch = rows,
                            .training = true,
                            .targets = targets_,
                            .gradients_in_pieces = model_.compiled->optimizer.updates_in_pieces()};
  Step& step = steps_by_size_.try_emplace(rows, model_, options).first->second;
  if (profile_) step.measure(*profile_);
  return step;
}

std::span<const View> TrainingSteps::weight_views() {
  weight_views_.clear();
  for (layers::Weight* weight : weights_) weight_views_.push_back(weight->value.view());
  return weight_views_;
}

void TrainingSteps::finish() {
  model_.compiled->optimizer.finalize_variable_values(weight_views());
}

const Step& TrainingSteps::train_on(const BatchView& batch) {
  optimizers::Optimizer& optimizer = model_.compiled->optimizer;
  Step& step = step_of_size(batch.rows);
  const ops::RandomKey random{.seed = model_.seed,
                              .step = static_cast<uint64_t>(optimizer.state().iterations)};
  const std::span<const View> weights = weight_views();
  step.forward(batch.x, batch.y, random);
  optimizer.begin_update(weights);
  step.backward(random, batch.sample_weights,
                [&](size_t weight, int64_t first, std::span<const float> gradient) {
                  optimizer.update_piece(weight, weights[weight], first, gradient);
                });
  const ProfiledRun measured(profile_ ? &profile_->entry("optimizer") : nullptr);
  optimizer.apply(weights, step.gradients());
  for (layers::Weight* weight : weights_) {
    if (weight->constraint) weight->constraint.apply(weight->value.view());
  }
  return step;
}

}  // namespace antler
