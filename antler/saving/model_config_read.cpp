#include <algorithm>
#include <map>
#include <set>

#include "antler/core/error.h"
#include "antler/core/whole_number.h"
#include "antler/layers/checks.h"
#include "antler/layers/input.h"
#include "antler/layers/registry.h"
#include "antler/layers/weight_limit.h"
#include "antler/models/keras_order.h"
#include "antler/models/sequential.h"
#include "antler/saving/inbound_nodes.h"
#include "antler/saving/model_config.h"

namespace antler::saving {
namespace {

// What a layer may need beyond what is stored for it: enough for a small layer whose weights are then found
// to be missing, too little to hurt where a file names thousands of such.
constexpr int64_t spare_numbers = int64_t{1} << 12;

struct SavedLayer {
  layers::Layer layer;
  /// How many numbers are stored for a nested model.
  std::optional<int64_t> stored = {};
};

bool is_model(const std::string& class_name) {
  return class_name == "Sequential" || class_name == "Functional" || class_name == "Model";
}

// All layers of a nested model share what is stored for it.
SavedLayer read_nested_model(const Json& saved, const std::string& name, const ConfigContext& context) {
  const int64_t numbers = context.stored(name);
  const layers::Layer layer = model_from_config(
      saved, {.stored = [numbers](const std::string&) { return numbers; }, .dialect = context.dialect});
  layer.base().name = name;
  return {layer, numbers};
}

// Keras 3 names the module of a class; one of somebody else's may be called as one of Keras's.
void require_module_of_keras(const Json& saved) {
  if (!saved.contains("module") || !saved["module"].is_string()) return;
  const auto module = saved["module"].get<std::string>();
  if (module == "keras" || module.starts_with("keras.") || module.starts_with("tf_keras.")) return;
  throw Error("class '{}' is of the module '{}'; antler knows the classes of Keras alone",
              saved.at("class_name").get<std::string>(), module);
}

SavedLayer read_layer(const Json& saved, const ConfigContext& context) {
  const auto class_name = saved.at("class_name").get<std::string>();
  require_module_of_keras(saved);
  Json config = saved.at("config");
  if (is_model(class_name)) {
    const auto name = (saved.contains("name") ? saved["name"] : config.at("name")).get<std::string>();
    return read_nested_model(saved, name, context);
  }
  if (saved.contains("name") && !config.contains("name")) config["name"] = saved["name"];
  return {layers::layer_from_config(class_name, config, context.dialect)};
}

// The shapes of what the layer gives for these inputs, an output after the other. Builds it.
std::vector<Shape> shapes_after(const layers::Layer& layer, const std::vector<Shape>& inputs) {
  std::vector<Model::Call> calls;
  Model::Call last{.layer = layer, .inputs = {}};
  for (const Shape& input : inputs) {
    last.inputs.emplace_back(static_cast<int>(calls.size()));
    calls.push_back({.layer = layers::Input(input.without_batch()), .inputs = {}});
  }
  calls.push_back(std::move(last));
  const int at = static_cast<int>(calls.size()) - 1;
  const Model built("", std::move(calls), {}, {at});
  std::vector<Shape> shapes;
  const std::optional<Model> nested = nested_model(layer);
  const size_t outputs = nested ? nested->outputs().size() : 1;
  for (size_t i = 0; i < outputs; ++i) shapes.push_back(built.shape_of({at, static_cast<int>(i)}));
  return shapes;
}

// Builds the layer, unless the file cannot hold its weights; returns the shapes of what it gives.
std::vector<Shape> build(const SavedLayer& saved, const std::vector<Shape>& inputs,
                         const StoredNumbers& stored) {
  const layers::Layer& layer = saved.layer;
  if (layer.class_name() == "InputLayer") {
    if (!layer.base().batch_input_shape) throw Error("layer '{}' (InputLayer) has no shape", layer.name());
    return {*layer.base().batch_input_shape};
  }
  if (layer.base().built) return shapes_after(layer, inputs);
  const layers::WeightLimit limit((saved.stored ? *saved.stored : stored(layer.name())) + spare_numbers);
  return shapes_after(layer, inputs);
}

Shape shape_from_json(const Json& extents) {
  std::vector<int64_t> all;
  for (const Json& extent : extents) {
    all.push_back(extent.is_null() ? Shape::unknown
                                   : whole_number(extent, "an extent of build_input_shape", Shape::unknown,
                                                  layers::most_elements));
  }
  return Shape(all);
}

Model sequential_from_config(const Json& config, const ConfigContext& context) {
  // Before Keras 2.2.3 the configuration was the list of layers itself.
  const Json& saved_layers = config.is_array() ? config : config.at("layers");
  Sequential model({}, config.is_object() ? config.value("name", "") : "");
  std::optional<Shape> shape;
  for (const Json& saved : saved_layers) {
    const SavedLayer next = read_layer(saved, context);
    if (!shape) {
      shape = next.layer.base().batch_input_shape;
      if (!shape && config.is_object() && config.contains("build_input_shape") &&
          config["build_input_shape"].is_array()) {
        shape = shape_from_json(config["build_input_shape"]);
        model.add(layers::Input(shape->without_batch()));
      }
    }
    if (shape) shape = build(next, {*shape}, context.stored).front();
    model.add(next.layer);
  }
  return model;
}

// The layers of a functional model and how they feed each other.
struct Graph {
  std::vector<SavedLayer> layers;
  std::vector<Application> applications;
  /// Which outputs of its inputs each application takes.
  std::vector<std::vector<Model::Source>> sources;
  std::vector<int> inputs;
  std::vector<Model::Source> outputs;
};

std::vector<int> calls_of(const std::vector<Model::Source>& sources) {
  std::vector<int> calls;
  for (const Model::Source& source : sources) calls.push_back(source.call);
  return calls;
}

Graph read_graph(const Json& config, const ConfigContext& context) {
  Graph graph;
  std::map<std::pair<std::string, int>, int> positions;  // of each layer's applications
  std::vector<std::vector<Output>> needed;
  for (const Json& saved : config.at("layers")) {
    graph.layers.push_back(read_layer(saved, context));
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
  const auto layer_of = [&](int position) -> const layers::Layer& {
    const int number = graph.applications[static_cast<size_t>(position)].layer;
    return graph.layers[static_cast<size_t>(number)].layer;
  };
  const auto source_of = [&](const Output& tensor, Reference reference) {
    const auto first_found = positions.find({tensor.layer, 0});
    const int first = first_found == positions.end()
                          ? 0
                          : first_application(layer_of(first_found->second), context.dialect, reference);
    const auto found = positions.find({tensor.layer, tensor.application - first});
    if (found == positions.end())
      throw Error("the model has no layer '{}' that is applied {} times", tensor.layer,
                  tensor.application - first + 1);
    return Model::Source(found->second, tensor.number);
  };
  const auto sources_of = [&](const std::vector<Output>& tensors, Reference reference) {
    std::vector<Model::Source> sources;
    for (const Output& tensor : tensors) sources.push_back(source_of(tensor, reference));
    return sources;
  };
  for (size_t i = 0; i < needed.size(); ++i) {
    graph.sources.push_back(sources_of(needed[i], Reference::in_a_layer));
    graph.applications[i].inputs = calls_of(graph.sources[i]);
  }
  graph.inputs = calls_of(sources_of(node_inputs(config.at("input_layers")), Reference::as_an_end));
  graph.outputs = sources_of(node_inputs(config.at("output_layers")), Reference::as_an_end);
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

Model functional_from_config(const Json& config, const ConfigContext& context) {
  const Graph graph = read_graph(config, context);
  std::map<int, int> moved;  // position in the file -> position in the model
  const auto moved_sources = [&](const std::vector<Model::Source>& sources) {
    std::vector<Model::Source> result;
    for (const Model::Source& source : sources) result.emplace_back(moved.at(source.call), source.output);
    return result;
  };
  std::vector<std::vector<Shape>> shapes;
  const auto shape_of = [&](Model::Source source) {
    const std::vector<Shape>& outputs = shapes.at(static_cast<size_t>(source.call));
    if (source.output < 0 || source.output >= static_cast<int>(outputs.size()))
      throw Error("a layer takes output {} of one that has {}", source.output, outputs.size());
    return outputs[static_cast<size_t>(source.output)];
  };
  std::vector<Model::Call> made;
  const std::vector<int> order = keras_order(graph.applications, graph.inputs, calls_of(graph.outputs));
  for (int at : in_order_of(context.calls, order, graph)) {
    const Application& application = graph.applications[static_cast<size_t>(at)];
    const SavedLayer& saved = graph.layers[static_cast<size_t>(application.layer)];
    Model::Call call{.layer = saved.layer, .inputs = moved_sources(graph.sources[static_cast<size_t>(at)])};
    std::vector<Shape> given;
    for (Model::Source input : call.inputs) given.push_back(shape_of(input));
    shapes.push_back(build(saved, given, context.stored));
    moved[at] = static_cast<int>(made.size());
    made.push_back(std::move(call));
  }
  std::vector<int> inputs;
  for (int input : graph.inputs) inputs.push_back(moved.at(input));
  std::vector<Model::Source> outputs = moved_sources(graph.outputs);
  for (Model::Source output : outputs) shape_of(output);
  return {config.value("name", "functional"), std::move(made), std::move(inputs), std::move(outputs)};
}

}  // namespace

Model model_from_config(const Json& saved, const ConfigContext& context) {
  const auto class_name = saved.at("class_name").get<std::string>();
  const Json& config = saved.at("config");
  if (!is_model(class_name))
    throw Error("the model is a '{}'; expected a Sequential or Functional one", class_name);
  Model model = class_name == "Sequential" ? sequential_from_config(config, context)
                                           : functional_from_config(config, context);
  if (config.is_object() && config.value("trainable", Json(true)) == false) model.set_trainable(false);
  return model;
}

}  // namespace antler::saving
