#include "antler/models/step.h"

#include <algorithm>
#include <utility>

namespace antler {

Step::Step(const Model::State& model, const StepOptions& options) : batch_(options.batch) {
  graph::Graph graph;
  const std::vector<graph::Value> values = model.lower(graph, options.training, batch_);
  for (int input : model.inputs) x_.push_back(values.at(static_cast<size_t>(input)));
  for (int output : model.outputs) predictions_.push_back(values.at(static_cast<size_t>(output)));
  graph::PlanOptions plan{.outputs = predictions_, .seeds = {}};
  for (size_t i = 0; i < options.targets.size(); ++i) {
    Shape shape = options.targets[i];
    shape[0] = batch_;
    y_.push_back(graph.input(shape));
    losses_.push_back(model.compiled->loss.of_output(i).lower(graph, y_[i], predictions_[i]));
    loss_weights_.push_back(model.compiled->loss_weights.empty() ? 1.0 : model.compiled->loss_weights[i]);
  }
  plan.outputs.insert(plan.outputs.end(), losses_.begin(), losses_.end());
  if (options.training) plan.seeds = losses_;
  plan_.emplace(std::move(graph), plan);
  if (!options.training) return;
  for (const layers::Weight* weight : model.trainable_weights()) {
    const std::optional<graph::Value> value = plan_->graph().find(weight->value);
    const View gradient = value ? plan_->gradient(*value) : View{};
    gradients_.push_back(gradient.data ? gradient : zeros_.emplace_back(weight->value.shape()).view());
  }
}

void Step::forward(std::span<const ConstView> x, std::span<const ConstView> y, ops::RandomKey random) {
  for (size_t i = 0; i < x_.size(); ++i) plan_->bind(x_[i], x[i].data);
  for (size_t i = 0; i < y_.size(); ++i) plan_->bind(y_[i], y[i].data);
  plan_->forward(random);
}

void Step::backward(ops::RandomKey random, std::span<const float> sample_weights) {
  for (size_t i = 0; i < losses_.size(); ++i) {
    const std::span<float> seed = plan_->gradient(losses_[i]).span();
    const auto share = static_cast<float>(loss_weights_[i] / static_cast<double>(batch_));
    for (size_t sample = 0; sample < seed.size(); ++sample) {
      seed[sample] = sample_weights.empty() ? share : share * sample_weights[sample];
    }
  }
  plan_->backward(random);
}

}  // namespace antler
