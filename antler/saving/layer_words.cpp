#include "antler/saving/layer_words.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/saving/keras_layers.h"
#include "antler/saving/portable_config.h"

namespace antler::saving {
namespace {

constexpr const char* hard_sigmoid_of_keras_2 = "hard_sigmoid_of_keras_2";

bool names_it(const Json& config) {
  if (config.is_string()) return config == hard_sigmoid_of_keras_2;
  return config.is_structured() && std::ranges::any_of(config, names_it);
}

void name_as_keras_2_does(Json& config) {
  if (config == hard_sigmoid_of_keras_2) config = "hard_sigmoid";
  if (!config.is_structured()) return;
  for (Json& item : config) name_as_keras_2_does(item);
}

bool needs_keras2(const layers::Layer& layer) {
  return names_it(layer.base().config()) ||
         std::ranges::any_of(sublayers_of(layer), [](const layers::Layer& l) { return needs_keras2(l); });
}

}  // namespace

layers::SavedLayer words_for(Flavour flavour, const layers::LayerBase& layer) {
  layers::SavedLayer words = flavour == Flavour::keras2
                                 ? layers::SavedLayer{layer.class_name(), layer.config()}
                                 : layer.for_keras_3();
  if (flavour == Flavour::keras2) {
    name_as_keras_2_does(words.config);
  } else if (names_it(words.config)) {
    throw Error(
        "a layer uses the hard sigmoid of Keras 2, max(0, min(1, x / 5 + 1 / 2)), which Keras 3 does not "
        "have; save the model as .h5, which is then a file of Keras 2, or choose another activation");
  }
  if (flavour != Flavour::keras3) words.config = portable_config(words.class_name, words.config);
  return words;
}

bool needs_keras2(const Model& model) {
  return std::ranges::any_of(model.layers(), [](const layers::Layer& l) { return needs_keras2(l); });
}

}  // namespace antler::saving
