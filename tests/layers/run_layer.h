// Runs one layer by itself, as a model would.
#pragma once

#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/graph/plan.h"
#include "antler/layers/layer.h"
#include "antler/layers/registry.h"

namespace antler::layers {

/// Builds the layer for one input of this shape, without the batch axis.
inline void build_layer(const Layer& layer, const Shape& sample) {
  const std::vector<Shape> inputs = {sample.with_batch(Shape::unknown)};
  layer.base().build(inputs, 1);
  layer.base().built = true;
}

/// What the layer makes of several inputs; builds it first where that has not been done.
inline Tensor run_layer(const Layer& layer, const std::vector<Tensor>& xs, bool training = false) {
  std::vector<Shape> shapes;
  for (const Tensor& x : xs) shapes.push_back(x.shape().without_batch().with_batch(Shape::unknown));
  if (!layer.base().built) layer.base().build(shapes, 1);
  layer.base().built = true;
  graph::Graph graph;
  Lowering lowering{graph, training};
  std::vector<graph::Value> inputs;
  for (const Tensor& x : xs) inputs.push_back(graph.input(x.shape()));
  const graph::Value y = layer.base().lower(lowering, inputs);
  graph::Plan plan(graph, {.outputs = {y}, .seeds = {}});
  for (size_t i = 0; i < xs.size(); ++i) plan.bind(inputs[i], xs[i].data());
  plan.forward({});
  const ConstView result = plan.value(y);
  return {result.shape, result.span()};
}

/// The same for one input.
inline Tensor run_layer(const Layer& layer, const Tensor& x, bool training = false) {
  return run_layer(layer, std::vector{x}, training);
}

/// The shape of what the layer makes of one sample of this shape, without the batch axis.
inline Shape shape_after(const Layer& layer, const Shape& sample) {
  return run_layer(layer, Tensor(sample.with_batch(1))).shape().without_batch();
}

/// The layer of a class from the text of its config.
inline Layer read_layer(const std::string& class_name, const std::string& config) {
  return layer_from_config(class_name, Json::parse(config));
}

/// The layer's config as text, after it was written and read back.
inline std::string config_read_back(const Layer& layer) {
  const Layer again = layer_from_config(layer.class_name(), layer.base().config());
  return dump_json(again.base().config());
}

inline std::string config_of(const Layer& layer) {
  return dump_json(layer.base().config());
}

}  // namespace antler::layers
