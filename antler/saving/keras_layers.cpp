#include "antler/saving/keras_layers.h"

#include <algorithm>
#include <map>

#include "antler/models/keras_order.h"

namespace antler::saving {

namespace {

std::vector<int> calls_of(const std::vector<Model::Source>& sources) {
  std::vector<int> calls;
  for (const Model::Source& source : sources) calls.push_back(source.call);
  return calls;
}

void collect_weights(const layers::Layer& layer, const std::string& scope, bool trainable,
                     std::vector<KerasWeight>& into) {
  trainable = trainable && layer.trainable();
  const std::string path = scope + layer.name() + "/";
  for (layers::Weight& weight : layer.base().weights) {
    if (std::ranges::find(into, &weight, &KerasWeight::weight) != into.end()) continue;
    into.push_back(
        {.path = path + weight.name, .weight = &weight, .trainable = trainable && weight.trainable});
  }
  for (const layers::Layer& sublayer : sublayers_of(layer)) collect_weights(sublayer, path, trainable, into);
}

}  // namespace

std::vector<layers::Layer> sublayers_of(const layers::Layer& layer) {
  const std::optional<Model> model = nested_model(layer);
  return model ? keras_layers(*model) : std::vector<layers::Layer>{};
}

std::vector<KerasWeight> keras_weights(const layers::Layer& layer) {
  std::vector<KerasWeight> weights;
  collect_weights(layer, "", true, weights);
  return weights;
}

std::vector<layers::Layer> keras_layers(const Model& model) {
  if (model.class_name() == "Sequential") return model.layers();
  std::map<const layers::LayerBase*, int> numbers;
  std::vector<Application> applications;
  for (const Model::Call& call : model.calls()) {
    const int number =
        numbers.try_emplace(&call.layer.base(), static_cast<int>(numbers.size())).first->second;
    applications.push_back({number, calls_of(call.inputs)});
  }
  std::vector<layers::Layer> found;
  for (int at : keras_order(applications, model.inputs(), calls_of(model.outputs()))) {
    const layers::Layer& layer = model.calls()[static_cast<size_t>(at)].layer;
    const bool known =
        std::ranges::any_of(found, [&](const layers::Layer& l) { return &l.base() == &layer.base(); });
    if (!known) found.push_back(layer);
  }
  return found;
}

std::vector<KerasWeight> keras_trainable_weights(const Model& model) {
  std::vector<KerasWeight> weights;
  for (const layers::Layer& layer : keras_layers(model))
    collect_weights(layer, "", model.trainable(), weights);
  std::erase_if(weights, [](const KerasWeight& weight) { return !weight.trainable; });
  return weights;
}

}  // namespace antler::saving
