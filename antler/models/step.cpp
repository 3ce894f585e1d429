#include "antler/models/step.h"

#include <algorithm>
#include <utility>

namespace antler {

Step::Step(const Model::State& model, const StepOptions& options) : batch_(options.batch) {
  graph::Graph graph;
  const std::vector<graph::Value> values = model.lower(graph, options.training, batch_);
  x_ = values.at(static_cast<size_t>(model.inputs.front()));
  predictions_ = values.at(static_cast<size_t>(model.outputs.front()));
  graph::PlanOptions plan{.outputs = {predictions_}, .seeds = {}};
  if (options.targets) {
    Shape shape = *options.targets;
    shape[0] = batch_;
    y_ = graph.input(shape);
    losses_ = model.compiled->loss.lower(graph, y_, predictions_);
    plan.outputs.push_back(losses_);
    if (options.training) plan.seeds = {losses_};
  }
  plan_.emplace(std::move(graph), plan);
  if (!options.training) return;
  for (const layers::Weight* weight : model.trainable_weights()) {
    const std::optional<graph::Value> value = plan_->graph().find(weight->value);
    const View gradient = value ? plan_->gradient(*value) : View{};
    gradients_.push_back(gradient.data ? gradient : zeros_.emplace_back(weight->value.shape()).view());
  }
}

void Step::forward(const float* x, const float* y, ops::RandomKey random) {
  plan_->bind(x_, x);
  if (y != nullptr) plan_->bind(y_, y);
  plan_->forward(random);
}

void Step::backward(ops::RandomKey random) {
  // The mean over the batch; each sample's loss is one already.
  std::ranges::fill(plan_->gradient(losses_).span(), 1.0F / static_cast<float>(batch_));
  plan_->backward(random);
}

}  // namespace antler
