#include "antler/metrics/loss_metrics.h"

#include "antler/graph/plan.h"
#include "antler/losses/loss.h"
#include "antler/metrics/means.h"

namespace antler::metrics {
namespace {

// Lowers the loss to a graph of its own.
struct LossGraph {
  LossGraph(const losses::Loss& loss, const Shape& y_true, const Shape& y_pred)
      : targets(graph.input(y_true)),
        predictions(graph.input(y_pred)),
        losses(loss.lower(graph, targets, predictions)) {}
  graph::Graph graph;
  graph::Value targets;
  graph::Value predictions;
  graph::Value losses;
};

SampleValues loss_values(const losses::Loss& loss, const Batch& batch) {
  LossGraph lowered(loss, batch.y_true.shape, batch.y_pred.shape);
  graph::Plan plan(std::move(lowered.graph), {.outputs = {lowered.losses}, .seeds = {}});
  plan.bind(lowered.targets, batch.y_true.data);
  plan.bind(lowered.predictions, batch.y_pred.data);
  plan.forward({});
  const ConstView values = plan.value(lowered.losses);
  SampleValues found{.values = {values.span().begin(), values.span().end()}, .samples = values.shape[0]};
  const losses::BatchLosses losses{.values = values, .y_true = batch.y_true};
  for (size_t i = 0; i < found.values.size() && !batch.sample_weights.empty(); ++i)
    found.mask.push_back(loss.counts(losses, i) ? 1.0F : 0.0F);
  return found;
}

}  // namespace

Recipe loss_recipe(const std::string& loss_class, const Json& config) {
  const losses::Loss loss = losses::Loss::from_config({{"class_name", loss_class}, {"config", config}});
  const auto values = [loss](const Batch& batch) { return loss_values(loss, batch); };
  const auto check = [loss](const Shape& y_true, const Shape& y_pred) {
    LossGraph(loss, y_true.without_batch().with_batch(1), y_pred.without_batch().with_batch(1));
  };
  Recipe recipe = mean_of(values, check);
  recipe.config = loss.to_config()["config"];
  for (const char* key : {"name", "reduction"}) recipe.config.erase(key);
  if (loss_class == "BinaryCrossentropy") recipe.config.erase("axis");  // the loss has one, the metric not
  if (loss_class == "SparseCategoricalCrossentropy") recipe.config["axis"] = -1;  // and the other way round
  return recipe;
}

}  // namespace antler::metrics
