#include "antler/models/model_state.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "antler/core/error.h"
#include "antler/layers/checks.h"
#include "antler/layers/input.h"

namespace antler {
namespace {

bool is_input(const layers::Layer& layer) {
  return layer.class_name() == "InputLayer";
}

// The layer's own name, or one made from its class that no call has yet: "conv2d", "conv2d_1", ...
std::string name_for(const layers::Layer& layer, const std::vector<Model::Call>& calls) {
  const auto taken = [&](const std::string& name) {
    return std::ranges::any_of(calls, [&](const Model::Call& call) {
      return call.layer.name() == name && &call.layer.base() != &layer.base();
    });
  };
  if (!layer.name().empty()) {
    if (taken(layer.name()))
      throw Error("two layers of a model are named '{}'; names must differ", layer.name());
    return layer.name();
  }
  const std::string base = layer.base().usual_name();
  std::string name = base;
  for (int number = 1; taken(name); ++number) name = base + "_" + std::to_string(number);
  return name;
}

// The shapes a built layer gives for inputs of these shapes, by lowering it to a graph for a batch of one.
std::vector<Shape> shapes_after(layers::LayerBase& layer, const std::vector<Shape>& inputs) {
  graph::Graph graph;
  layers::Lowering lowering{graph};
  std::vector<graph::Value> values;
  for (Shape shape : inputs) {
    shape[0] = 1;
    values.push_back(graph.input(shape));
  }
  std::vector<Shape> shapes;
  for (graph::Value output : layer.lower_outputs(lowering, values)) {
    layers::check_size("the output", graph.shape(output));
    shapes.push_back(graph.shape(output));
    shapes.back()[0] = Shape::unknown;
  }
  return shapes;
}

void collect_trainable(const layers::Layer& layer, std::vector<layers::Weight*>& into) {
  if (!layer.trainable()) return;
  for (layers::Weight& weight : layer.base().weights) {
    if (weight.trainable && std::ranges::find(into, &weight) == into.end()) into.push_back(&weight);
  }
  for (const layers::Layer& sublayer : layer.base().sublayers()) collect_trainable(sublayer, into);
}

// Keras divides a penalty on what a layer gives by the batch's size.
void penalize_activity(layers::Lowering& to, const layers::LayerBase& layer,
                       std::span<const graph::Value> outputs) {
  if (!layer.activity_regularizer) return;
  for (graph::Value output : outputs) {
    const auto batch = static_cast<double>(to.graph.shape(output)[0]);
    to.penalties.push_back(layer.activity_regularizer.lower(to.graph, output, 1.0 / batch));
  }
}

}  // namespace

void Model::State::append(Call call) {
  layers::LayerBase& layer = call.layer.base();
  layer.name = name_for(call.layer, calls);
  if (is_input(call.layer)) {
    shapes.push_back({layer.batch_input_shape.value()});
    inputs.push_back(static_cast<int>(calls.size()));
  } else {
    std::vector<Shape> input_shapes;
    for (Source input : call.inputs) input_shapes.push_back(shape_of(input));
    try {
      if (input_shapes.empty() || (input_shapes.size() > 1 && !layer.takes_several_inputs())) {
        throw Error("{} inputs were given; expected one", input_shapes.size());
      }
      if (!layer.built) {
        layer.build(input_shapes, seed);
        layer.built = true;
      }
      shapes.push_back(shapes_after(layer, input_shapes));
    } catch (const Error& error) {
      throw Error("layer '{}' ({}): {}", layer.name, layer.class_name(), error.what());
    }
  }
  calls.push_back(std::move(call));
}

void Model::State::stack(const layers::Layer& layer) {
  if (calls.empty() && !is_input(layer)) {
    if (!layer.base().batch_input_shape) {
      waiting.push_back(layer);
      return;
    }
    stack(layers::Input(layer.base().batch_input_shape->without_batch()));
  }
  append(
      {.layer = layer, .inputs = calls.empty() ? std::vector<Source>{} : std::vector<Source>{last_call()}});
  outputs = {last_call()};
  layers_changed();
}

void Model::State::layers_changed() {
  as_layer.reset();
  kept_step.drop();
}

void Model::State::build_for(const Shape& data) {
  if (!waiting.empty() && calls.empty()) {
    stack(layers::Input(data.without_batch()));
    for (const layers::Layer& layer : std::exchange(waiting, {})) stack(layer);
  }
  if (calls.empty() || outputs.empty()) throw Error("the model has no layers");
}

std::vector<std::string> Model::State::output_names() const {
  if (outputs.empty()) return {""};
  std::vector<std::string> names;
  for (Source output : outputs) names.push_back(calls[static_cast<size_t>(output.call)].layer.name());
  return names;
}

std::vector<layers::Layer> Model::State::layers() const {
  std::vector<layers::Layer> found;
  for (const Call& call : calls) {
    const bool known =
        std::ranges::any_of(found, [&](const layers::Layer& l) { return &l.base() == &call.layer.base(); });
    const bool hidden = class_name == "Sequential" && call.layer.class_name() == "InputLayer";
    if (!known && !hidden) found.push_back(call.layer);
  }
  found.insert(found.end(), waiting.begin(), waiting.end());
  return found;
}

const Shape& Model::State::shape_of(Source source) const {
  return shapes.at(static_cast<size_t>(source.call)).at(static_cast<size_t>(source.output));
}

std::vector<layers::Weight*> Model::State::trainable_weights() const {
  std::vector<layers::Weight*> weights;
  if (!trainable) return weights;
  for (const layers::Layer& layer : layers()) collect_trainable(layer, weights);
  return weights;
}

std::unique_ptr<Model::State> Model::State::clone() const {
  auto copy = std::make_unique<State>(*this);
  std::map<const layers::LayerBase*, layers::Layer> copies;
  const auto copy_of = [&](const layers::Layer& layer) {
    return copies.try_emplace(&layer.base(), layer.clone()).first->second;
  };
  for (Call& call : copy->calls) call.layer = copy_of(call.layer);
  for (layers::Layer& layer : copy->waiting) layer = copy_of(layer);
  copy->as_layer.reset();
  return copy;
}

Model::State::Lowered Model::State::lower(graph::Graph& graph, bool training, int64_t batch) const {
  layers::Lowering to{.graph = graph, .training = training};
  Lowered lowered;
  for (int input : inputs) {
    Shape shape = shape_of(input);
    shape[0] = batch;
    lowered.inputs.push_back(graph.input(shape));
  }
  lowered.outputs = lower_on(to, lowered.inputs);
  lowered.penalties = to.penalties;
  for (layers::Weight* weight : trainable_weights()) {
    if (!weight->regularizer) continue;
    lowered.penalties.push_back(weight->regularizer.lower(graph, graph.parameter(weight->value, true)));
  }
  return lowered;
}

std::vector<graph::Value> Model::State::lower_on(layers::Lowering& to,
                                                 std::span<const graph::Value> given) const {
  std::vector<std::vector<graph::Value>> values(calls.size());
  for (size_t i = 0; i < inputs.size(); ++i) values[static_cast<size_t>(inputs[i])] = {given[i]};
  const auto value_of = [&](Source source) {
    return values[static_cast<size_t>(source.call)][static_cast<size_t>(source.output)];
  };
  for (size_t i = 0; i < calls.size(); ++i) {
    if (!values[i].empty()) continue;
    std::vector<graph::Value> operands;
    for (Source input : calls[i].inputs) operands.push_back(value_of(input));
    layers::LayerBase& layer = calls[i].layer.base();
    values[i] = layer.lower_outputs(to, operands);
    penalize_activity(to, layer, values[i]);
  }
  std::vector<graph::Value> results;
  for (Source output : outputs) results.push_back(value_of(output));
  return results;
}

}  // namespace antler
