#include <map>

#include "antler/layers/config_reader.h"
#include "antler/saving/keras_layers.h"
#include "antler/saving/model_config.h"
#include "antler/saving/portable_config.h"

namespace antler::saving {
namespace {

Json shape_to_json(const Shape& shape) {
  Json extents = Json::array();
  for (int64_t extent : shape) extents.push_back(extent == Shape::unknown ? Json() : Json(extent));
  return extents;
}

Json input_to_config(const layers::Layer& layer, const Shape& shape) {
  return {{"class_name", "InputLayer"},
          {"config",
           {{"batch_input_shape", shape_to_json(shape)},
            {"dtype", "float32"},
            {"sparse", false},
            {"name", layer.name()}}}};
}

Json layer_to_config(const layers::Layer& layer) {
  if (const std::optional<Model> model = nested_model(layer)) return model_to_config(*model);
  Json config = {{"name", layer.name()}, {"trainable", layer.trainable()}, {"dtype", "float32"}};
  config.update(portable_config(layer.class_name(), layer.base().config()));
  if (layer.base().activity_regularizer)
    config["activity_regularizer"] = layers::to_config(layer.base().activity_regularizer);
  return {{"class_name", layer.class_name()}, {"config", config}};
}

Json call_to_config(const Model& model, size_t index) {
  const layers::Layer& layer = model.calls()[index].layer;
  return layer.class_name() == "InputLayer" ? input_to_config(layer, model.shape_of(static_cast<int>(index)))
                                            : layer_to_config(layer);
}

Json sequential_to_config(const Model& model) {
  Json all = Json::array();
  for (size_t i = 0; i < model.calls().size(); ++i) all.push_back(call_to_config(model, i));
  if (model.calls().empty()) {
    for (const layers::Layer& layer : model.layers()) all.push_back(layer_to_config(layer));
  }
  return {{"name", model.name()}, {"layers", all}};
}

// ["conv2d", 0, 0]: what the layer's application of that number gives.
Json tensor_of(const Model& model, Model::Source source) {
  const auto& [call, output] = source;
  const auto& calls = model.calls();
  const layers::LayerBase* layer = &calls[static_cast<size_t>(call)].layer.base();
  int node = 0;
  for (int i = 0; i < call; ++i) node += &calls[static_cast<size_t>(i)].layer.base() == layer ? 1 : 0;
  return Json::array({layer->name, node, output});
}

Json node_to_config(const Model& model, const Model::Call& call) {
  Json node = Json::array();
  for (Model::Source input : call.inputs) {
    Json tensor = tensor_of(model, input);
    tensor.push_back(Json::object());
    node.push_back(std::move(tensor));
  }
  return node;
}

Json functional_to_config(const Model& model) {
  const auto& calls = model.calls();
  Json all = Json::array();
  for (const layers::Layer& layer : keras_layers(model)) {
    Json entry;
    Json nodes = Json::array();
    for (size_t i = 0; i < calls.size(); ++i) {
      if (&calls[i].layer.base() != &layer.base()) continue;
      if (entry.is_null()) entry = call_to_config(model, i);
      if (!calls[i].inputs.empty()) nodes.push_back(node_to_config(model, calls[i]));
    }
    entry["name"] = layer.name();
    entry["inbound_nodes"] = nodes;
    all.push_back(std::move(entry));
  }
  const auto tensors_of = [&](const auto& sources) {
    Json tensors = Json::array();
    for (Model::Source source : sources) tensors.push_back(tensor_of(model, source));
    return tensors;
  };
  return {{"name", model.name()},
          {"trainable", model.trainable()},
          {"layers", all},
          {"input_layers", tensors_of(model.inputs())},
          {"output_layers", tensors_of(model.outputs())}};
}

}  // namespace

Json model_to_config(const Model& model) {
  const bool sequential = model.class_name() == "Sequential";
  return {{"class_name", model.class_name()},
          {"config", sequential ? sequential_to_config(model) : functional_to_config(model)}};
}

}  // namespace antler::saving
