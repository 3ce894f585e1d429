#include <algorithm>
#include <map>
#include <set>

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "antler/layers/registry.h"
#include "antler/models/keras_order.h"
#include "antler/models/sequential.h"
#include "antler/saving/inbound_nodes.h"
#include "antler/saving/model_config.h"
#include "antler/saving/weights_needed.h"

namespace antler::saving {
namespace {

// What a layer may need beyond what is stored for it: enough for a small layer whose weights are then found
// to be missing, too little to hurt where a file names thousands of such.
constexpr int64_t spare_numbers = int64_t{1} << 12;

struct SavedLayer {
  layers::Layer layer;
  Json config;
};

SavedLayer read_layer(const Json& saved) {
  const auto class_name = saved.at("class_name").get<std::string>();
  Json config = saved.at("config");
  if (saved.contains("name") && !config.contains("name")) config["name"] = saved["name"];
  return {layers::layer_from_config(class_name, config), config};
}

// Builds the layer, unless the file cannot hold its weights; returns what it gives.
Shape build(const SavedLayer& saved, const std::vector<Shape>& inputs, const StoredNumbers& stored) {
  const layers::Layer& layer = saved.layer;
  if (layer.class_name() == "InputLayer") {
    if (!layer.base().batch_input_shape) throw Error("layer '{}' (InputLayer) has no shape", layer.name());
    return *layer.base().batch_input_shape;
  }
  double needed = 0.0;
  for (const Shape& input : inputs) needed = std::max(needed, numbers_needed(saved.config, input));
  if (!layer.base().built && needed > 0.0 &&
      needed > static_cast<double>(stored(layer.name()) + spare_numbers)) {
    throw Error("layer '{}' ({}) needs more weights than the file holds for it", layer.name(),
                layer.class_name());
  }
  std::vector<Model::Call> calls;
  Model::Call last{.layer = layer, .inputs = {}};
  for (const Shape& input : inputs) {
    last.inputs.push_back(static_cast<int>(calls.size()));
    calls.push_back({.layer = layers::Input(input.without_batch()), .inputs = {}});
  }
  calls.push_back(std::move(last));
  const int at = static_cast<int>(calls.size()) - 1;
  return Model("", std::move(calls), {}, {at}).shape_of(at);
}

Shape shape_from_json(const Json& extents) {
  std::vector<int64_t> all;
  for (const Json& extent : extents) all.push_back(extent.is_null() ? Shape::unknown : extent.get<int64_t>());
  return Shape(all);
}

Model sequential_from_config(const Json& config, const StoredNumbers& stored) {
  // Before Keras 2.2.3 the configuration was the list of layers itself.
  const Json& saved_layers = config.is_array() ? config : config.at("layers");
  Sequential model({}, config.is_object() ? config.value("name", "") : "");
  std::optional<Shape> shape;
  for (const Json& saved : saved_layers) {
    const SavedLayer next = read_layer(saved);
    if (!shape) {
      shape = next.layer.base().batch_input_shape;
      if (!shape && config.is_object() && config.contains("build_input_shape") &&
          config["build_input_shape"].is_array()) {
        shape = shape_from_json(config["build_input_shape"]);
        model.add(layers::Input(shape->without_batch()));
      }
    }
    if (shape) shape = build(next, {*shape}, stored);
    model.add(next.layer);
  }
  return model;
}

// The layers of a functional model and how they feed each other.
struct Graph {
  std::vector<SavedLayer> layers;
  std::vector<Application> applications;
  std::vector<int> inputs;
  std::vector<int> outputs;
};

Graph read_graph(const Json& config) {
  Graph graph;
  std::map<Output, int> positions;
  std::vector<std::vector<Output>> needed;
  for (const Json& saved : config.at("layers")) {
    graph.layers.push_back(read_layer(saved));
    const int number = static_cast<int>(graph.layers.size()) - 1;
    const std::string& name = graph.layers.back().layer.name();
    std::vector<std::vector<Output>> nodes;
    try {
      for (const Json& node : saved.at("inbound_nodes")) nodes.push_back(node_inputs(node));
    } catch (const Error& error) {
      throw Error("layer '{}' ({}): {}", name, graph.layers.back().layer.class_name(), error.what());
    }
    if (graph.layers.back().layer.class_name() == "InputLayer") nodes = {{}};
    for (size_t i = 0; i < nodes.size(); ++i) {
      if (!positions.try_emplace({name, static_cast<int>(i)}, static_cast<int>(needed.size())).second) {
        throw Error("two layers of the model are named '{}'", name);
      }
      graph.applications.push_back({number, {}});
      needed.push_back(std::move(nodes[i]));
    }
  }
  const auto position_of = [&](const Output& tensor) {
    const auto found = positions.find(tensor);
    if (found == positions.end())
      throw Error("the model has no layer '{}' that is applied {} times", tensor.first, tensor.second + 1);
    return found->second;
  };
  for (size_t i = 0; i < needed.size(); ++i) {
    for (const Output& tensor : needed[i]) graph.applications[i].inputs.push_back(position_of(tensor));
  }
  for (const Output& tensor : node_inputs(config.at("input_layers")))
    graph.inputs.push_back(position_of(tensor));
  for (const Output& tensor : node_inputs(config.at("output_layers")))
    graph.outputs.push_back(position_of(tensor));
  return graph;
}

// `order` rearranged as `calls` names the layers; as it is when they do not fit each other.
std::vector<int> in_order_of(const std::vector<std::string>& calls, const std::vector<int>& order,
                             const Graph& graph) {
  std::map<std::string, std::vector<int>> left;  // applications of each layer, the first one last
  for (int at : order)
    left[graph.layers[static_cast<size_t>(graph.applications[static_cast<size_t>(at)].layer)].layer.name()]
        .push_back(at);
  for (auto& [name, positions] : left) std::ranges::sort(positions, std::greater());
  std::vector<int> rearranged;
  std::set<int> done;
  for (const std::string& name : calls) {
    const auto found = left.find(name);
    if (found == left.end() || found->second.empty()) return order;
    const int at = found->second.back();
    found->second.pop_back();
    const std::vector<int>& inputs = graph.applications[static_cast<size_t>(at)].inputs;
    if (!std::ranges::all_of(inputs, [&](int input) { return done.contains(input); })) return order;
    done.insert(at);
    rearranged.push_back(at);
  }
  return rearranged.size() == order.size() ? rearranged : order;
}

Model functional_from_config(const Json& config, const StoredNumbers& stored,
                             const std::vector<std::string>& calls) {
  const Graph graph = read_graph(config);
  std::map<int, int> moved;  // position in the file -> position in the model
  std::vector<Shape> shapes;
  std::vector<Model::Call> made;
  for (int at : in_order_of(calls, keras_order(graph.applications, graph.inputs, graph.outputs), graph)) {
    const Application& application = graph.applications[static_cast<size_t>(at)];
    const SavedLayer& saved = graph.layers[static_cast<size_t>(application.layer)];
    Model::Call call{.layer = saved.layer, .inputs = {}};
    std::vector<Shape> given;
    for (int input : application.inputs) {
      call.inputs.push_back(moved.at(input));
      given.push_back(shapes[static_cast<size_t>(moved.at(input))]);
    }
    shapes.push_back(build(saved, given, stored));
    moved[at] = static_cast<int>(made.size());
    made.push_back(std::move(call));
  }
  const auto positions = [&](const std::vector<int>& ends) {
    std::vector<int> result;
    for (int end : ends) result.push_back(moved.at(end));
    return result;
  };
  return {config.value("name", "functional"), std::move(made), positions(graph.inputs),
          positions(graph.outputs)};
}

}  // namespace

Model model_from_config(const Json& saved, const StoredNumbers& stored,
                        const std::vector<std::string>& calls) {
  const auto class_name = saved.at("class_name").get<std::string>();
  const Json& config = saved.at("config");
  if (class_name == "Sequential") return sequential_from_config(config, stored);
  if (class_name == "Functional" || class_name == "Model")
    return functional_from_config(config, stored, calls);
  throw Error("the model is a '{}'; expected a Sequential or Functional one", class_name);
}

}  // namespace antler::saving
