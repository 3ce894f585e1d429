#include "antler/saving/variables.h"

#include <algorithm>
#include <set>

#include "antler/core/error.h"
#include "antler/core/snake_case.h"
#include "antler/saving/keras_layers.h"
#include "antler/saving/optimizer_weights.h"

namespace antler::saving {
namespace {

constexpr const char* optimizer_place = "optimizer/vars";

// Keras's names for members of a list: "dense", "dense_1", ...
class Numbering {
 public:
  std::string next(const std::string& class_name) {
    const std::string name = snake_case(class_name);
    const int number = taken_[name]++;
    return number == 0 ? name : name + "_" + std::to_string(number);
  }

 private:
  std::map<std::string, int> taken_;
};

struct Place {
  layers::Layer layer;
  std::string path;  // "layers/functional/layers/dense/"
};

// Where the model's layers are kept, and those of models that serve as layers; each where it is met first.
void collect_places(const std::vector<layers::Layer>& layers, const std::string& scope,
                    std::set<const layers::LayerBase*>& met, std::vector<Place>& into) {
  Numbering numbering;
  for (const layers::Layer& layer : layers) {
    const std::string path = scope + "layers/" + numbering.next(layer.base().for_keras_3().class_name) + "/";
    if (!met.insert(&layer.base()).second) continue;
    into.push_back({layer, path});
    collect_places(sublayers_of(layer), path, met, into);
  }
}

std::vector<Place> places_of(const Model& model) {
  std::set<const layers::LayerBase*> met;
  std::vector<Place> places;
  collect_places(keras_layers(model), "", met, places);
  return places;
}

void read_own_variables(const Place& place, const hdf5::Group& root) {
  std::vector<layers::Weight>& weights = place.layer.base().weights;
  if (weights.empty()) return;
  const std::string who = fmt::format("layer '{}' ({})", place.layer.name(), place.layer.class_name());
  const std::string path = place.path.substr(0, place.path.size() - 1);
  const std::string group_missing =
      fmt::format("the weights of {} are missing: there is no '{}/vars'", who, path);
  hdf5::Group at = root;
  for (size_t begin = 0; begin < path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (!at.contains(part)) throw Error(group_missing);
    at = at.group(part);
    begin = end + 1;
  }
  if (!at.contains("vars")) throw Error(group_missing);
  const hdf5::Group vars = at.group("vars");
  if (const size_t found = vars.members().size(); found != weights.size())
    throw Error("{} has {} weights; the file holds {}", who, weights.size(), found);
  for (size_t i = 0; i < weights.size(); ++i) {
    layers::Weight& weight = weights[i];
    const std::string number = std::to_string(i);
    if (const Shape shape = vars.shape(number); shape != weight.value.shape()) {
      throw Error("weight '{}' of {} has shape {}; expected {}", weight.name, who, shape.to_string(),
                  weight.value.shape().to_string());
    }
    weight.value = vars.tensor(number);
  }
}

void write_optimizer_variables(const Model& model, const hdf5::NewGroup& root) {
  const hdf5::NewGroup vars = root.group(optimizer_place);
  vars.set_text("name", model.optimizer().name());
  const std::vector<OptimizerVariable> variables = optimizer_variables(model);
  for (size_t i = 0; i < variables.size(); ++i) {
    if (const auto* count = std::get_if<int64_t>(&variables[i].value)) {
      vars.set_integer(std::to_string(i), *count);
    } else {
      vars.set_tensor(std::to_string(i), std::get<Tensor>(variables[i].value).view());
    }
  }
}

}  // namespace

void write_variables(const Model& model, const hdf5::NewGroup& root) {
  root.group("vars").set_text("name", model.name());
  for (const Place& place : places_of(model)) {
    const hdf5::NewGroup vars = root.group(place.path + "vars");
    vars.set_text("name", place.layer.name());
    const std::vector<layers::Weight>& weights = place.layer.base().weights;
    for (size_t i = 0; i < weights.size(); ++i) vars.set_tensor(std::to_string(i), weights[i].value.view());
  }
  if (model.is_compiled()) write_optimizer_variables(model, root);
}

void read_variables(const Model& model, const hdf5::Group& root) {
  for (const Place& place : places_of(model)) read_own_variables(place, root);
}

void read_optimizer_variables(Model& model, const hdf5::Group& root, OptimizerIs optimizer) {
  if (!model.is_compiled() || !root.contains("optimizer") || !root.group("optimizer").contains("vars"))
    return;
  const hdf5::Group vars = root.group(optimizer_place);
  const size_t count = vars.members().size();
  if (count == 0) return;
  if (optimizer == OptimizerIs::in_use && count != optimizer_variables(model).size()) return;
  uint64_t room = root.file_size();
  std::vector<OptimizerVariable> variables = {{"optimizer/vars/0", vars.integer("0")}};
  if (std::get<int64_t>(variables[0].value) < 0)
    throw Error("the optimizer has made a negative number of updates");
  for (size_t i = 1; i < count; ++i) {
    const std::string number = std::to_string(i);
    const uint64_t bytes = vars.stored_bytes(number);
    if (bytes > room) throw Error("variables of the optimizer share their bytes");
    room -= bytes;
    variables.push_back({"optimizer/vars/" + number, vars.tensor(number)});
  }
  set_optimizer_variables(model, variables);
}

StoredVariables::StoredVariables(const Json& config, const hdf5::Group& root)
    : root_(root), room_(root.file_size()) {
  constexpr uint64_t least_group = 40;  // bytes; a sound file has no more groups than it has room for
  groups_left_ = room_ / least_group;
  const bool sequential = config.at("class_name") == "Sequential";
  Numbering numbering;
  for (const Json& saved : config.at("config").at("layers")) {
    const auto class_name = saved.at("class_name").get<std::string>();
    if (sequential && class_name == "InputLayer") continue;
    const Json& named = saved.contains("name") ? saved : saved.at("config");
    places_.emplace(named.at("name").get<std::string>(), numbering.next(class_name));
  }
}

int64_t StoredVariables::numbers(const std::string& layer) {
  const auto place = places_.find(layer);
  if (place == places_.end() || !root_.contains("layers")) return 0;
  const hdf5::Group all = root_.group("layers");
  return all.contains(place->second) ? numbers_in(all.group(place->second), 0) : 0;
}

int64_t StoredVariables::numbers_in(const hdf5::Group& group, int depth) {
  constexpr int deepest = 64;
  if (depth > deepest || groups_left_ == 0) throw Error("the groups of the weights nest without end");
  --groups_left_;
  int64_t numbers = 0;
  for (const std::string& member : group.members()) {
    if (member != "vars") {
      numbers += numbers_in(group.group(member), depth + 1);
      continue;
    }
    const hdf5::Group vars = group.group(member);
    for (const std::string& variable : vars.members()) {
      const uint64_t bytes = vars.stored_bytes(variable);
      if (bytes > room_) throw Error("weights of several layers share their bytes");
      room_ -= bytes;
      numbers += vars.shape(variable).size();
    }
  }
  return numbers;
}

}  // namespace antler::saving
