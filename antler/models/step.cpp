#include "antler/models/step.h"

#include <algorithm>
#include <utility>

namespace antler {

Step::Step(const Model::State& model, const StepOptions& options) : batch_(options.batch) {
  graph::Graph graph;
  const Model::State::Lowered lowered = model.lower(graph, options.training, batch_);
  x_ = lowered.inputs;
  predictions_ = lowered.outputs;
  if (!options.targets.empty()) penalties_ = lowered.penalties;
  graph::PlanOptions plan{.outputs = predictions_,
                          .seeds = {},
                          .weights_stay = options.weights_stay,
                          .gradients_in_pieces = options.gradients_in_pieces};
  for (size_t i = 0; i < options.targets.size(); ++i) {
    Shape shape = options.targets[i];
    shape[0] = batch_;
    y_.push_back(graph.input(shape));
    const Losses::Each& loss = model.compiled->loss.of_output(i);
    losses_.emplace_back();
    if (!loss) continue;
    losses_[i] = {.loss = *loss,
                  .values = loss->lower(graph, y_[i], predictions_[i]),
                  .weight = model.compiled->loss_weights.of_output(i)};
    plan.outputs.push_back(losses_[i]->values);
    if (options.training) plan.seeds.push_back(losses_[i]->values);
  }
  plan.outputs.insert(plan.outputs.end(), penalties_.begin(), penalties_.end());
  if (options.training) plan.seeds.insert(plan.seeds.end(), penalties_.begin(), penalties_.end());
  plan_.emplace(std::move(graph), plan);
  if (!options.training) return;
  for (const layers::Weight* weight : model.trainable_weights()) {
    weights_.push_back(plan_->graph().find(weight->value));
    gradients_.push_back(gradient_of(weight->value, weights_.back()));
  }
}

ConstView Step::gradient_of(const Tensor& weight, std::optional<graph::Value> value) {
  const ConstView gradient = value ? plan_->gradient(*value) : View{};
  const bool is_there = gradient.data != nullptr || (value && plan_->comes_in_pieces(*value));
  return is_there ? gradient : zeros_.emplace_back(weight.shape()).view();
}

void Step::forward(std::span<const ConstView> x, std::span<const ConstView> y, ops::RandomKey random) {
  for (size_t i = 0; i < x_.size(); ++i) plan_->bind(x_[i], x[i].data);
  for (size_t i = 0; i < y_.size(); ++i) plan_->bind(y_[i], y[i].data);
  plan_->forward(random);
}

double Step::penalty() const {
  double sum = 0.0;
  for (graph::Value penalty : penalties_) sum += double{plan_->value(penalty).data[0]};
  return sum;
}

losses::BatchLosses Step::batch_losses(size_t output, std::span<const float> sample_weights) const {
  return {.values = plan_->value(losses_[output]->values),
          .y_true = plan_->value(y_[output]),
          .sample_weights = sample_weights};
}

double Step::loss(size_t output, std::span<const float> sample_weights) const {
  return losses_[output]->loss.reduce(batch_losses(output, sample_weights));
}

void Step::backward(ops::RandomKey random, std::span<const float> sample_weights, TakeWeightGradient take) {
  for (size_t i = 0; i < losses_.size(); ++i) {
    if (!losses_[i]) continue;
    const std::span<float> seed = plan_->gradient(losses_[i]->values).span();
    losses_[i]->loss.shares(batch_losses(i, sample_weights), seed);
    for (float& each : seed) each *= static_cast<float>(losses_[i]->weight);
  }
  for (graph::Value penalty : penalties_) plan_->gradient(penalty).data[0] = 1.0F;
  plan_->backward(random, [&](graph::Value value, int64_t first, std::span<const float> gradient) {
    const auto weight = std::ranges::find(weights_, value);
    take(static_cast<size_t>(weight - weights_.begin()), first, gradient);
  });
}

}  // namespace antler
