#include "antler/saving/legacy_h5.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"
#include "antler/saving/keras_layers.h"
#include "antler/saving/layer_words.h"
#include "antler/saving/model_config.h"
#include "antler/saving/optimizer_config.h"
#include "antler/saving/optimizer_weights.h"
#include "antler/saving/progress.h"
#include "antler/saving/training_config.h"

namespace antler::saving {
namespace {

constexpr std::string_view own_attribute = "antler";
constexpr std::string_view own_optimizer_weights = "antler_optimizer_weights";
constexpr std::string_view keras_optimizer_weights = "optimizer_weights";

// Whose meaning the words of the file have. Keras itself does not look at it.
void set_version(Flavour flavour, const hdf5::NewGroup& group) {
  group.set_text("backend", "tensorflow");
  group.set_text("keras_version", flavour == Flavour::keras2 ? "2.21.0" : "3.15.1");
}

Flavour legacy_flavour(const Model& model) {
  if (needs_keras2(model)) return Flavour::keras2;
  return model.is_compiled() ? saving::flavour_of(model.optimizer()) : Flavour::both;
}

// As legacy files hold them: those that training changes go first.
std::vector<KerasWeight> legacy_weights(const layers::Layer& layer) {
  std::vector<KerasWeight> weights = keras_weights(layer);
  std::stable_partition(weights.begin(), weights.end(),
                        [](const KerasWeight& weight) { return weight.trainable; });
  return weights;
}

void write_weights(const Model& model, Flavour flavour, const hdf5::NewGroup& group) {
  set_version(flavour, group);
  std::vector<std::string> layer_names;
  for (const layers::Layer& layer : keras_layers(model)) {
    layer_names.push_back(layer.name());
    const hdf5::NewGroup own = group.group(layer.name());
    std::vector<std::string> names;
    for (const KerasWeight& weight : legacy_weights(layer)) {
      names.push_back(weight.path + ":0");
      own.set_tensor(names.back(), weight.weight->value.view());
    }
    own.set_texts("weight_names", names);
  }
  group.set_texts("layer_names", layer_names);
  group.group("top_level_model_weights").set_texts("weight_names", {});
}

Json read_json(const hdf5::Group& group, const std::string& name) {
  const std::optional<std::string> text = group.text(name);
  return text ? parse_json(*text, fmt::format("'{}'", name)) : Json();
}

// How many numbers are stored for the layers' weights. The bytes of the file count for one layer only: were
// there links through which all layers share them, a small file could ask for any amount of memory.
class StoredWeights {
 public:
  explicit StoredWeights(const hdf5::Group& weights) : weights_(weights), room_(weights.file_size()) {}

  int64_t numbers(const std::string& layer) {
    if (!weights_.contains(layer)) return 0;
    const hdf5::Group own = weights_.group(layer);
    int64_t numbers = 0;
    for (const std::string& name : own.texts("weight_names")) {
      const uint64_t bytes = own.stored_bytes(name);
      if (bytes > room_) throw Error("the weights of layer '{}' are those of other layers too", layer);
      room_ -= bytes;
      numbers += own.shape(name).size();
    }
    return numbers;
  }

 private:
  const hdf5::Group& weights_;
  uint64_t room_;
};

void read_layer_weights(const layers::Layer& layer, const hdf5::Group& weights,
                        const std::string& stored_as) {
  const std::vector<KerasWeight> expected = legacy_weights(layer);
  if (expected.empty()) return;
  const std::string who = fmt::format("layer '{}' ({})", layer.name(), layer.class_name());
  if (!weights.contains(stored_as)) throw Error("the weights of {} are missing", who);
  const hdf5::Group own = weights.group(stored_as);
  const std::vector<std::string> names = own.texts("weight_names");
  if (names.size() != expected.size()) {
    throw Error("{} has {} weights; the file holds {}", who, expected.size(), names.size());
  }
  for (size_t i = 0; i < names.size(); ++i) {
    layers::Weight& weight = *expected[i].weight;
    if (const Shape shape = own.shape(names[i]); shape != weight.value.shape()) {
      throw Error("weight '{}' of {} has shape {}; expected {}", weight.name, who, shape.to_string(),
                  weight.value.shape().to_string());
    }
    weight.value = own.tensor(names[i]);
  }
}

// A file for either Keras leaves the optimizer's usual settings out, and with them its name.
void restore_optimizer_config(Json& training, const Json& own) {
  if (!own.is_object() || !own.contains("optimizer")) return;
  Json& optimizer = training.at("optimizer_config");
  const bool left_out = optimizer.at("config").empty();
  if (left_out && own["optimizer"].at("class_name") == optimizer.at("class_name"))
    optimizer["config"] = own["optimizer"].at("config");
}

Model read_model(const hdf5::Group& root) {
  const Json config = read_json(root, "model_config");
  if (config.is_null())
    throw Error("the file holds no model, as there is no attribute 'model_config' (only weights?)");
  const Json own = read_json(root, std::string(own_attribute));
  const hdf5::Group weights = root.group("model_weights");
  const bool keras2 = root.text("keras_version").value_or("2").starts_with("2");
  StoredWeights stored(weights);
  Model model =
      model_from_config(config, {.stored = [&](const std::string& layer) { return stored.numbers(layer); },
                                 .calls = own.is_null() ? std::vector<std::string>{} : calls_from_json(own),
                                 .dialect = keras2 ? layers::Dialect::keras2 : layers::Dialect::keras3});
  for (const layers::Layer& layer : model.layers()) read_layer_weights(layer, weights, layer.name());

  Json training = read_json(root, "training_config");
  if (!training.is_null() && has_loss(training)) {
    restore_optimizer_config(training, own);
    const bool for_keras2 = keras2 && root.contains(std::string(keras_optimizer_weights));
    model.compile(training_from_config(keras2 ? without_output_names(training, model) : training, model,
                                       for_keras2 ? Flavour::keras2 : Flavour::both));
    for (const std::string_view name : {own_optimizer_weights, keras_optimizer_weights}) {
      if (!root.contains(std::string(name))) continue;
      model.optimizer().state() = read_optimizer_weights(model, root.group(std::string(name)));
      break;
    }
  }
  if (!own.is_null()) resume_from_json(own, model);
  return model;
}

}  // namespace

Model load_legacy_h5(const std::filesystem::path& path) {
  const hdf5::Group root = hdf5::Group::open(path);
  try {
    return read_model(root);
  } catch (const Json::exception& error) {
    throw Error("{}: the configuration is not one of Keras: {}", path.string(), error.what());
  } catch (const Error& error) {
    // What hdf5 says names the file already.
    const std::string_view what = error.what();
    if (what.starts_with(path.string())) throw;
    throw Error("{}: {}", path.string(), what);
  }
}

std::string legacy_h5_bytes(const Model& model) {
  const Flavour flavour = legacy_flavour(model);
  const hdf5::NewFile file;
  const hdf5::NewGroup root = file.root();
  set_version(flavour, root);
  root.set_text("model_config", dump_json(model_to_config(model, flavour)));
  write_weights(model, flavour, root.group("model_weights"));
  if (model.is_compiled()) {
    root.set_text("training_config", dump_json(training_to_config(model, flavour)));
    const std::string_view name =
        flavour == Flavour::keras2 ? keras_optimizer_weights : own_optimizer_weights;
    write_optimizer_weights(model, flavour, root.group(std::string(name)));
  }
  root.set_text(std::string(own_attribute), dump_json(resume_to_json(model)));
  return file.bytes();
}

bool has_legacy_weights(const hdf5::Group& root) {
  return root.contains("model_weights") || !root.texts("layer_names").empty();
}

void read_legacy_weights_in_order(const Model& model, const hdf5::Group& root) {
  const hdf5::Group weights = root.contains("model_weights") ? root.group("model_weights") : root;
  std::vector<std::string> stored;
  for (const std::string& name : weights.texts("layer_names")) {
    if (!weights.group(name).texts("weight_names").empty()) stored.push_back(name);
  }
  std::vector<layers::Layer> layers = keras_layers(model);
  std::erase_if(layers, [](const layers::Layer& layer) { return legacy_weights(layer).empty(); });
  if (stored.size() != layers.size())
    throw Error("the file holds weights of {} layers; the model has {} with weights", stored.size(),
                layers.size());
  for (size_t i = 0; i < layers.size(); ++i) read_layer_weights(layers[i], weights, stored[i]);
}

}  // namespace antler::saving
