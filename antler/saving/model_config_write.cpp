#include <map>

#include "antler/core/error.h"
#include "antler/saving/keras_layers.h"
#include "antler/saving/layer_words.h"
#include "antler/saving/model_config.h"

namespace antler::saving {
namespace {

Json shape_to_json(const Shape& shape) {
  Json extents = Json::array();
  for (int64_t extent : shape) extents.push_back(extent == Shape::unknown ? Json() : Json(extent));
  return extents;
}

// How Keras names an object: {"class_name", "config"}, and in Keras 3 its module as well.
Json object(const char* module, const std::string& class_name, Json config, Flavour flavour) {
  if (flavour != Flavour::keras3) return {{"class_name", class_name}, {"config", std::move(config)}};
  return {{"module", module},
          {"class_name", class_name},
          {"config", std::move(config)},
          {"registered_name", nullptr}};
}

Json float32(Flavour flavour) {
  return flavour == Flavour::keras3 ? object("keras", "DTypePolicy", {{"name", "float32"}}, flavour)
                                    : Json("float32");
}

Json input_to_config(const layers::Layer& layer, const Shape& shape, Flavour flavour) {
  if (flavour == Flavour::keras3) {
    return object("keras.layers", "InputLayer",
                  {{"batch_shape", shape_to_json(shape)},
                   {"dtype", "float32"},
                   {"sparse", false},
                   {"ragged", false},
                   {"name", layer.name()},
                   {"optional", false}},
                  flavour);
  }
  return object("keras.layers", "InputLayer",
                {{"batch_input_shape", shape_to_json(shape)},
                 {"dtype", "float32"},
                 {"sparse", false},
                 {"name", layer.name()}},
                flavour);
}

Json layer_to_config(const layers::Layer& layer, Flavour flavour) {
  if (const std::optional<Model> model = nested_model(layer)) {
    Json saved = model_to_config(*model, flavour);
    if (flavour == Flavour::keras3) saved["compile_config"] = Json::object();
    return saved;
  }
  Json config = {{"name", layer.name()}, {"dtype", float32(flavour)}};
  try {
    const layers::SavedLayer words = words_for(flavour, layer.base());
    if (words.has_trainable) config["trainable"] = layer.trainable();
    config.update(words.config);
    if (layer.base().activity_regularizer)
      config["activity_regularizer"] = layers::to_config(layer.base().activity_regularizer);
    return object("keras.layers", words.class_name, std::move(config), flavour);
  } catch (const Error& error) {
    throw Error("layer '{}' ({}): {}", layer.name(), layer.class_name(), error.what());
  }
}

// The shapes with which Keras 3 makes the weights of a layer before it reads them.
Json build_config(const Model& model, const Model::Call& call) {
  Json shapes = Json::array();
  for (Model::Source input : call.inputs) shapes.push_back(shape_to_json(model.shape_of(input)));
  return {{"input_shape", call.layer.base().takes_several_inputs() ? shapes : shapes.at(0)}};
}

Json call_to_config(const Model& model, size_t index, Flavour flavour) {
  const Model::Call& call = model.calls()[index];
  if (call.layer.class_name() == "InputLayer")
    return input_to_config(call.layer, model.shape_of(static_cast<int>(index)), flavour);
  Json saved = layer_to_config(call.layer, flavour);
  const bool built_from_shapes =
      !call.layer.base().weights.empty() || call.layer.base().takes_several_inputs();
  if (flavour == Flavour::keras3 && built_from_shapes && !saved.contains("build_config"))
    saved["build_config"] = build_config(model, call);
  return saved;
}

Json sequential_to_config(const Model& model, Flavour flavour) {
  Json all = Json::array();
  for (size_t i = 0; i < model.calls().size(); ++i) all.push_back(call_to_config(model, i, flavour));
  if (model.calls().empty()) {
    for (const layers::Layer& layer : model.layers()) all.push_back(layer_to_config(layer, flavour));
  }
  if (flavour != Flavour::keras3) return {{"name", model.name()}, {"layers", all}};
  Json config = {
      {"name", model.name()}, {"trainable", model.trainable()}, {"dtype", float32(flavour)}, {"layers", all}};
  if (!model.inputs().empty()) config["build_input_shape"] = shape_to_json(model.input_shape());
  return config;
}

// ["conv2d", 0, 0]: what the layer's application of that number gives; `first` is the number of the first.
Json tensor_of(const Model& model, Model::Source source, int first) {
  const auto& [call, output] = source;
  const auto& calls = model.calls();
  const layers::LayerBase* layer = &calls[static_cast<size_t>(call)].layer.base();
  int node = first;
  for (int i = 0; i < call; ++i) node += &calls[static_cast<size_t>(i)].layer.base() == layer ? 1 : 0;
  return Json::array({layer->name, node, output});
}

layers::Dialect dialect_of(Flavour flavour) {
  return flavour == Flavour::keras2 ? layers::Dialect::keras2 : layers::Dialect::keras3;
}

// The tensor as an input of a layer.
Json input_of_layer(const Model& model, Model::Source source, Flavour flavour) {
  const layers::Layer& layer = model.calls()[static_cast<size_t>(source.call)].layer;
  Json history =
      tensor_of(model, source, first_application(layer, dialect_of(flavour), Reference::in_a_layer));
  if (flavour != Flavour::keras3) {
    history.push_back(Json::object());
    return history;
  }
  return {{"class_name", "__keras_tensor__"},
          {"config",
           {{"shape", shape_to_json(model.shape_of(source))},
            {"dtype", "float32"},
            {"keras_history", std::move(history)}}}};
}

Json node_to_config(const Model& model, const Model::Call& call, Flavour flavour) {
  Json tensors = Json::array();
  for (Model::Source input : call.inputs) tensors.push_back(input_of_layer(model, input, flavour));
  if (flavour != Flavour::keras3) return tensors;
  const Json arguments = call.layer.base().takes_several_inputs() ? Json::array({tensors}) : tensors;
  return {{"args", arguments}, {"kwargs", Json::object()}};
}

// A model's inputs or outputs. To Keras 3 a list of one is no single tensor: it would give a list to the
// layer that follows such a model.
template <class Sources>
Json ends_of(const Model& model, const Sources& sources, Flavour flavour) {
  Json tensors = Json::array();
  for (Model::Source source : sources) {
    const layers::Layer& layer = model.calls()[static_cast<size_t>(source.call)].layer;
    tensors.push_back(
        tensor_of(model, source, first_application(layer, dialect_of(flavour), Reference::as_an_end)));
  }
  return flavour != Flavour::keras2 && tensors.size() == 1 ? tensors[0] : tensors;
}

Json functional_to_config(const Model& model, Flavour flavour) {
  const auto& calls = model.calls();
  Json all = Json::array();
  for (const layers::Layer& layer : keras_layers(model)) {
    Json entry;
    Json nodes = Json::array();
    for (size_t i = 0; i < calls.size(); ++i) {
      if (&calls[i].layer.base() != &layer.base()) continue;
      if (entry.is_null()) entry = call_to_config(model, i, flavour);
      if (!calls[i].inputs.empty()) nodes.push_back(node_to_config(model, calls[i], flavour));
    }
    entry["name"] = layer.name();
    entry["inbound_nodes"] = nodes;
    all.push_back(std::move(entry));
  }
  return {{"name", model.name()},
          {"trainable", model.trainable()},
          {"layers", all},
          {"input_layers", ends_of(model, model.inputs(), flavour)},
          {"output_layers", ends_of(model, model.outputs(), flavour)}};
}

}  // namespace

Json model_to_config(const Model& model, Flavour flavour) {
  if (model.class_name() == "Sequential") {
    Json saved = object("keras", "Sequential", sequential_to_config(model, flavour), flavour);
    if (flavour == Flavour::keras3 && !model.inputs().empty())
      saved["build_config"] = {{"input_shape", shape_to_json(model.input_shape())}};
    return saved;
  }
  Json saved = object("keras.src.models.functional", model.class_name(), functional_to_config(model, flavour),
                      flavour);
  if (flavour == Flavour::keras3) {
    saved["registered_name"] = model.class_name();
    saved["build_config"] = {{"input_shape", nullptr}};
  }
  return saved;
}

}  // namespace antler::saving
