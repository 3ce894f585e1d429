#include "antler/saving/keras_layers.h"

#include <algorithm>
#include <map>

#include "antler/models/keras_order.h"

namespace antler::saving {

std::vector<layers::Layer> keras_layers(const Model& model) {
  if (model.class_name() == "Sequential") return model.layers();
  std::map<const layers::LayerBase*, int> numbers;
  std::vector<Application> applications;
  for (const Model::Call& call : model.calls()) {
    const int number =
        numbers.try_emplace(&call.layer.base(), static_cast<int>(numbers.size())).first->second;
    applications.push_back({number, call.inputs});
  }
  std::vector<layers::Layer> found;
  for (int at : keras_order(applications, model.inputs(), model.outputs())) {
    const layers::Layer& layer = model.calls()[static_cast<size_t>(at)].layer;
    const bool known =
        std::ranges::any_of(found, [&](const layers::Layer& l) { return &l.base() == &layer.base(); });
    if (!known) found.push_back(layer);
  }
  return found;
}

std::vector<size_t> keras_trainable_weights(const Model& model) {
  const std::vector<layers::Weight*> weights = model.trainable_weights();
  std::vector<size_t> order;
  for (const layers::Layer& layer : keras_layers(model)) {
    for (layers::Weight& weight : layer.base().weights) {
      const auto found = std::ranges::find(weights, &weight);
      if (found != weights.end()) order.push_back(static_cast<size_t>(found - weights.begin()));
    }
  }
  return order;
}

}  // namespace antler::saving
