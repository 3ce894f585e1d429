#include "antler/saving/optimizer_weights.h"

#include <algorithm>
#include <iterator>

#include "antler/core/error.h"
#include "antler/saving/keras_layers.h"

namespace antler::saving {
namespace {

// One of an optimizer's slots, in the words of Keras 3, tf-keras and Keras 2's older optimizers.
struct SlotNames {
  std::string keras3;
  std::string keras2;
  std::string legacy;
};

std::vector<SlotNames> slot_names(const optimizers::Rule& rule) {
  const std::string optimizer = rule.class_name();
  std::vector<SlotNames> all;
  for (const std::string& slot : rule.slots()) {
    SlotNames names{slot, slot, slot};
    if (optimizer == "SGD" && slot == "momentum") names.keras2 = "m";
    if (optimizer == "RMSprop" && slot == "velocity") names.legacy = "rms";
    if (optimizer == "RMSprop" && slot == "average_gradient") names.legacy = "mg";
    if (optimizer == "Adam") {
      names.keras2 = names.legacy = slot == "momentum" ? "m" : slot == "velocity" ? "v" : "vhat";
    }
    all.push_back(std::move(names));
  }
  return all;
}

// In which order Keras lists (slot, weight): slot by slot, but Adam's first two in turns for each weight.
std::vector<std::pair<size_t, size_t>> keras_positions(const optimizers::Rule& rule, size_t weights) {
  const size_t slots = rule.slots().size();
  const size_t in_turns =
      rule.class_name() == "Adam" ? std::min<size_t>(slots, 2) : std::min<size_t>(slots, 1);
  std::vector<std::pair<size_t, size_t>> all;
  for (size_t weight = 0; weight < weights; ++weight) {
    for (size_t slot = 0; slot < in_turns; ++slot) all.emplace_back(slot, weight);
  }
  for (size_t slot = in_turns; slot < slots; ++slot) {
    for (size_t weight = 0; weight < weights; ++weight) all.emplace_back(slot, weight);
  }
  return all;
}

// Where a weight is among those that training changes.
struct Position {
  size_t at = 0;     // in model.trainable_weights()
  std::string path;  // "conv2d/kernel"
};

// In Keras's order.
std::vector<Position> keras_positions(const Model& model) {
  const std::vector<layers::Weight*> weights = model.trainable_weights();
  std::vector<Position> positions;
  for (const KerasWeight& each : keras_trainable_weights(model)) {
    const auto found = std::ranges::find(weights, each.weight);
    positions.push_back({.at = static_cast<size_t>(found - weights.begin()), .path = each.path});
  }
  return positions;
}

// Keras 3: "rmsprop/conv2d_kernel_velocity"; tf-keras: "RMSprop/velocity/conv2d/kernel:0".
std::string dataset_name(Flavour flavour, const std::string& optimizer, const SlotNames& slot,
                         std::string weight) {
  if (flavour == Flavour::keras2) return fmt::format("{}/{}/{}:0", optimizer, slot.keras2, weight);
  std::ranges::replace(weight, '/', '_');
  return fmt::format("{}/{}_{}", optimizer, weight, slot.keras3);
}

// The last word of a path without TensorFlow's output number: "kernel" of "dense/kernel:0".
std::string last_word(const std::string& name) {
  const std::string word = name.substr(name.rfind('/') + 1);
  return word.substr(0, word.find(':'));
}

bool counts_iterations(const std::string& name) {
  const std::string word = last_word(name);
  return word == "iteration" || word == "iterations" || word == "iter";
}

// A name belongs to a slot when one of the three ways to write it says so.
bool belongs(const std::string& name, const SlotNames& slot) {
  const bool keras3 = !name.ends_with(":0") && name.ends_with("_" + slot.keras3);
  const size_t first = name.find('/');
  const bool keras2 = first != std::string::npos && name.substr(first + 1).starts_with(slot.keras2 + "/");
  return keras3 || keras2 || last_word(name) == slot.legacy;
}

using Names = std::vector<std::vector<std::string>>;  // of each slot, in the order of Keras's weights

// Empty when the names are not those of the optimizer.
Names names_by_slot(const std::vector<std::string>& names, const std::vector<SlotNames>& slots,
                    size_t weights) {
  Names found(slots.size());
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    std::ranges::copy_if(names, std::back_inserter(found[slot]),
                         [&](const std::string& name) { return belongs(name, slots[slot]); });
    if (found[slot].size() != weights) return {};
  }
  return found;
}

// The first versions of Keras 2 gave no telling names ("training/RMSprop/Variable_3:0"); the order is slot by
// slot.
Names names_by_position(std::vector<std::string> names, size_t slots, size_t weights) {
  std::erase_if(names, counts_iterations);
  if (weights == 0 || names.size() != slots * weights) return {};
  Names found(slots);
  for (size_t i = 0; i < names.size(); ++i) found[i / weights].push_back(names[i]);
  return found;
}

}  // namespace

std::vector<OptimizerVariable> optimizer_variables(const Model& model) {
  const optimizers::Optimizer& optimizer = model.optimizer();
  const std::vector<SlotNames> slots = slot_names(optimizer.rule());
  const std::vector<Position> order = keras_positions(model);
  std::vector<OptimizerVariable> variables = {
      {optimizer.name() + "/iteration", optimizer.state().iterations},
      {optimizer.name() + "/learning_rate", Tensor(Shape(), static_cast<float>(optimizer.learning_rate()))}};
  if (optimizer.state().slots.empty()) return variables;
  for (const auto& [slot, at] : keras_positions(optimizer.rule(), order.size())) {
    variables.push_back({dataset_name(Flavour::both, optimizer.name(), slots[slot], order[at].path),
                         optimizer.state().slots.at(slot).at(order[at].at)});
  }
  return variables;
}

bool set_optimizer_variables(Model& model, const std::vector<OptimizerVariable>& variables) {
  optimizers::Optimizer& optimizer = model.optimizer();
  const std::vector<Position> order = keras_positions(model);
  const std::vector<layers::Weight*> weights = model.trainable_weights();
  const auto places = keras_positions(optimizer.rule(), order.size());
  if (variables.size() != places.size() + 2) return false;
  optimizers::State state{.iterations = std::get<int64_t>(variables[0].value), .slots = {}};
  state.slots.assign(optimizer.rule().slots().size(), std::vector<Tensor>(weights.size()));
  for (size_t i = 0; i < places.size(); ++i) {
    const auto& tensor = std::get<Tensor>(variables[i + 2].value);
    const Shape& expected = weights[order[places[i].second].at]->value.shape();
    if (tensor.shape() != expected) {
      throw Error("optimizer state '{}' has shape {}; its weight has {}", variables[i + 2].name,
                  tensor.shape().to_string(), expected.to_string());
    }
    state.slots[places[i].first][order[places[i].second].at] = tensor;
  }
  optimizer.set_learning_rate(double{std::get<Tensor>(variables[1].value)[0]});
  optimizer.state() = std::move(state);
  return true;
}

void write_optimizer_weights(const Model& model, Flavour flavour, const hdf5::NewGroup& group) {
  const optimizers::Optimizer& optimizer = model.optimizer();
  const std::vector<SlotNames> slots = slot_names(optimizer.rule());
  const std::vector<Position> order = keras_positions(model);
  const std::string prefix = flavour == Flavour::keras2 ? optimizer.rule().class_name() : optimizer.name();
  std::vector<std::string> names;
  if (flavour == Flavour::keras2) {
    names = {"iteration:0"};
    group.set_integer(names[0], optimizer.state().iterations);
  } else {
    names = {prefix + "/iteration", prefix + "/learning_rate"};
    group.set_integer(names[0], optimizer.state().iterations);
    group.set_tensor(names[1], Tensor(Shape(), static_cast<float>(optimizer.learning_rate())).view());
  }
  if (!optimizer.state().slots.empty()) {
    for (const auto& [slot, at] : keras_positions(optimizer.rule(), order.size())) {
      names.push_back(dataset_name(flavour, prefix, slots[slot], order[at].path));
      group.set_tensor(names.back(), optimizer.state().slots.at(slot).at(order[at].at).view());
    }
  }
  group.set_texts("weight_names", names);
}

optimizers::State read_optimizer_weights(const Model& model, const hdf5::Group& group) {
  const optimizers::Rule& rule = model.optimizer().rule();
  const std::vector<layers::Weight*> weights = model.trainable_weights();
  const std::vector<Position> order = keras_positions(model);
  const std::vector<std::string> names = group.texts("weight_names");
  const std::vector<SlotNames> slots = slot_names(rule);

  optimizers::State state;
  const auto iterations = std::ranges::find_if(names, counts_iterations);
  if (iterations != names.end()) state.iterations = group.integer(*iterations);
  if (state.iterations < 0) throw Error("the optimizer has made {} updates", state.iterations);
  Names found = names_by_slot(names, slots, weights.size());
  if (found.empty()) found = names_by_position(names, slots.size(), weights.size());
  if (found.empty()) return state;
  for (const std::vector<std::string>& slot : found) {
    std::vector<Tensor> values(weights.size());
    for (size_t i = 0; i < slot.size(); ++i) {
      const Shape& expected = weights[order[i].at]->value.shape();
      if (const Shape shape = group.shape(slot[i]); shape != expected) {
        throw Error("optimizer state '{}' has shape {}; its weight has {}", slot[i], shape.to_string(),
                    expected.to_string());
      }
      values[order[i].at] = group.tensor(slot[i]);
    }
    state.slots.push_back(std::move(values));
  }
  return state;
}

}  // namespace antler::saving
