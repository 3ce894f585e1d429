#include "antler/saving/optimizer_weights.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/saving/keras_layers.h"
#include "antler/saving/optimizer_names.h"

namespace antler::saving {
namespace {

// The weights that training changes: their order in Keras, and by it their places in
// model.trainable_weights().
struct TrainedWeights {
  explicit TrainedWeights(const Model& model) : paths(model.trainable_weights().size()) {
    const std::vector<layers::Weight*> weights = model.trainable_weights();
    for (const KerasWeight& each : keras_trainable_weights(model)) {
      order.push_back(static_cast<size_t>(std::ranges::find(weights, each.weight) - weights.begin()));
      paths[order.back()] = each.path;
    }
  }
  std::vector<size_t> order;
  std::vector<std::string> paths;  // "conv2d/kernel", by place
};

enum class Part { iterations, learning_rate, average, accumulated_gradient, slot, derived_number };

// Where a variable stands in an optimizer; `slot` also numbers the derived numbers.
struct Place {
  Part part;
  std::string name;
  size_t slot = 0;
  size_t weight = 0;
};

// The variables of a model's optimizer in the order and the words of one Keras.
class Places {
 public:
  Places(const Model& model, Flavour flavour)
      : optimizer_(model.optimizer()),
        keras2_(flavour == Flavour::keras2),
        weights_(model),
        slots_(slot_names(optimizer_.rule())) {}

  // Keras 3's learning rate is a variable unless it follows a schedule; tf-keras's is none.
  std::vector<Place> before_the_first_update() const {
    if (keras2_) return {{.part = Part::iterations, .name = "iteration:0"}};
    std::vector<Place> all{{.part = Part::iterations, .name = optimizer_.name() + "/iteration"}};
    if (!optimizer_.options().learning_rate.is_scheduled())
      all.push_back({.part = Part::learning_rate, .name = optimizer_.name() + "/learning_rate"});
    return all;
  }

  std::vector<Place> all() const {
    std::vector<Place> all = before_the_first_update();
    if (optimizer_.options().use_ema) add_each(Part::average, "average", all);
    if (!keras2_ && optimizer_.accumulates_gradients())
      add_each(Part::accumulated_gradient, "gradient_accumulator", all);
    add_slots(all);
    if (!keras2_) {
      for (size_t i = 0; i < optimizer_.rule().derived_numbers(0).size(); ++i)
        all.push_back({.part = Part::derived_number, .name = optimizer_.name() + "/variable", .slot = i});
    }
    return all;
  }

 private:
  void add_each(Part part, const std::string& word, std::vector<Place>& to) const {
    for (size_t weight : weights_.order)
      to.push_back({.part = part, .name = name_of(weight, word), .weight = weight});
  }

  // Slot by slot; but Keras makes the first two in turns for each weight, other than RMSprop's.
  void add_slots(std::vector<Place>& to) const {
    const bool alone = optimizer_.rule().class_name() == "RMSprop";
    const size_t in_turns = std::min<size_t>(slots_.size(), alone ? 1 : 2);
    const auto add = [&](size_t slot, size_t weight) {
      const std::string& word = keras2_ ? slots_[slot].keras2 : slots_[slot].keras3;
      to.push_back({.part = Part::slot, .name = name_of(weight, word), .slot = slot, .weight = weight});
    };
    for (size_t weight : weights_.order) {
      for (size_t slot = 0; slot < in_turns; ++slot) add(slot, weight);
    }
    for (size_t slot = in_turns; slot < slots_.size(); ++slot) {
      for (size_t weight : weights_.order) add(slot, weight);
    }
  }

  // Keras 3: "rmsprop/conv2d_kernel_velocity"; tf-keras: "RMSprop/velocity/conv2d/kernel:0".
  std::string name_of(size_t weight, const std::string& word) const {
    std::string path = weights_.paths[weight];
    if (keras2_) return fmt::format("{}/{}/{}:0", optimizer_.rule().class_name(), word, path);
    std::ranges::replace(path, '/', '_');
    return fmt::format("{}/{}_{}", optimizer_.name(), path, word);
  }

  const optimizers::Optimizer& optimizer_;
  bool keras2_;
  TrainedWeights weights_;
  std::vector<SlotNames> slots_;
};

Tensor scalar(double value) {
  return {Shape(), static_cast<float>(value)};
}

std::variant<int64_t, Tensor> value_at(const Place& place, const optimizers::Optimizer& optimizer) {
  const optimizers::State& state = optimizer.state();
  switch (place.part) {
    case Part::iterations:
      return state.iterations;
    case Part::learning_rate:
      return scalar(optimizer.learning_rate());
    case Part::average:
      return state.averages.at(place.weight);
    case Part::accumulated_gradient:
      return state.accumulated_gradients.at(place.weight);
    case Part::slot:
      return state.slots.at(place.slot).at(place.weight);
    case Part::derived_number:
      break;
  }
  return scalar(optimizer.rule().derived_numbers(optimizer.updates()).at(place.slot));
}

std::vector<OptimizerVariable> variables_of(const Model& model, Flavour flavour) {
  const Places places(model, flavour);
  const optimizers::Optimizer& optimizer = model.optimizer();
  std::vector<OptimizerVariable> variables;
  for (const Place& place : optimizer.is_built() ? places.all() : places.before_the_first_update())
    variables.push_back({place.name, value_at(place, optimizer)});
  return variables;
}

// A state with room for all that the optimizer remembers.
optimizers::State empty_state(const optimizers::Optimizer& optimizer, size_t weights) {
  optimizers::State state;
  state.slots.assign(optimizer.rule().slots().size(), std::vector<Tensor>(weights));
  if (optimizer.options().use_ema) state.averages.resize(weights);
  if (optimizer.accumulates_gradients()) state.accumulated_gradients.resize(weights);
  return state;
}

// The tensor of the state at a place of one of the parts that have a tensor for each weight.
Tensor& tensor_at(const Place& place, optimizers::State& state) {
  if (place.part == Part::average) return state.averages.at(place.weight);
  if (place.part == Part::accumulated_gradient) return state.accumulated_gradients.at(place.weight);
  return state.slots.at(place.slot).at(place.weight);
}

bool has_tensor_for_each_weight(Part part) {
  return part == Part::average || part == Part::accumulated_gradient || part == Part::slot;
}

void require_shape(const std::string& name, const Shape& found, const Shape& expected) {
  if (found == expected) return;
  throw Error("optimizer state '{}' has shape {}; expected {}", name, found.to_string(),
              expected.to_string());
}

int64_t checked_iterations(int64_t iterations) {
  constexpr int64_t most = int64_t{1} << 60;  // so that counting on does not overflow
  if (iterations < 0 || iterations > most) throw Error("the optimizer has made {} updates", iterations);
  return iterations;
}

int64_t count_in(const OptimizerVariable& variable) {
  const auto* count = std::get_if<int64_t>(&variable.value);
  if (count == nullptr) throw Error("optimizer state '{}' is no whole number", variable.name);
  return checked_iterations(*count);
}

const Tensor& tensor_in(const OptimizerVariable& variable, const Shape& expected) {
  const auto* tensor = std::get_if<Tensor>(&variable.value);
  if (tensor == nullptr)
    throw Error("optimizer state '{}' is a whole number; expected floats", variable.name);
  require_shape(variable.name, tensor->shape(), expected);
  return *tensor;
}

// What Keras 3 wrote: by position, since the order is all that its own reader knows.
optimizers::State read_by_position(const Model& model, const std::vector<std::string>& names,
                                   const hdf5::Group& group) {
  const std::vector<Place> places = Places(model, Flavour::both).all();
  const std::vector<layers::Weight*> weights = model.trainable_weights();
  const int64_t iterations = checked_iterations(group.integer(names.front()));
  if (names.size() != places.size()) return {.iterations = iterations};
  optimizers::State state = empty_state(model.optimizer(), weights.size());
  state.iterations = iterations;
  for (size_t i = 0; i < places.size(); ++i) {
    if (!has_tensor_for_each_weight(places[i].part)) continue;
    require_shape(names[i], group.shape(names[i]), weights[places[i].weight]->value.shape());
    tensor_at(places[i], state) = group.tensor(names[i]);
  }
  return state;
}

std::vector<Tensor> read_tensors(const Model& model, const std::vector<std::string>& names,
                                 const hdf5::Group& group) {
  const std::vector<layers::Weight*> weights = model.trainable_weights();
  const std::vector<size_t> order = TrainedWeights(model).order;
  std::vector<Tensor> values(weights.size());
  for (size_t i = 0; i < names.size(); ++i) {
    require_shape(names[i], group.shape(names[i]), weights[order[i]]->value.shape());
    values[order[i]] = group.tensor(names[i]);
  }
  return values;
}

// What Keras 2 wrote, whose order has changed over time.
optimizers::State read_by_name(const Model& model, const std::vector<std::string>& names,
                               const hdf5::Group& group) {
  const size_t weights = model.trainable_weights().size();
  const std::vector<SlotNames> slots = slot_names(model.optimizer().rule());
  optimizers::State state;
  const auto iterations = std::ranges::find_if(names, counts_iterations);
  if (iterations != names.end()) state.iterations = checked_iterations(group.integer(*iterations));
  if (model.optimizer().options().use_ema) {
    const NamesBySlot averages = names_by_slot(names, {{"average", "average", "average"}}, weights);
    if (!averages.empty()) state.averages = read_tensors(model, averages.front(), group);
  }
  NamesBySlot found = names_by_slot(names, slots, weights);
  if (found.empty()) found = names_by_position(names, slots.size(), weights);
  for (const std::vector<std::string>& slot : found) state.slots.push_back(read_tensors(model, slot, group));
  return state;
}

}  // namespace

std::vector<OptimizerVariable> optimizer_variables(const Model& model) {
  return variables_of(model, Flavour::both);
}

bool set_optimizer_variables(Model& model, const std::vector<OptimizerVariable>& variables) {
  optimizers::Optimizer& optimizer = model.optimizer();
  const std::vector<Place> places = Places(model, Flavour::both).all();
  if (variables.size() != places.size()) return false;
  const std::vector<layers::Weight*> weights = model.trainable_weights();
  optimizers::State state = empty_state(optimizer, weights.size());
  for (size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    if (place.part == Part::iterations) {
      state.iterations = count_in(variables[i]);
    } else if (place.part == Part::learning_rate) {
      optimizer.set_learning_rate(double{tensor_in(variables[i], Shape())[0]});
    } else if (has_tensor_for_each_weight(place.part)) {
      tensor_at(place, state) = tensor_in(variables[i], weights[place.weight]->value.shape());
    }
  }
  optimizer.state() = std::move(state);
  return true;
}

void write_optimizer_weights(const Model& model, Flavour flavour, const hdf5::NewGroup& group) {
  std::vector<std::string> names;
  for (const auto& [name, value] : variables_of(model, flavour)) {
    names.push_back(name);
    if (const auto* count = std::get_if<int64_t>(&value)) {
      group.set_integer(name, *count);
    } else {
      group.set_tensor(name, std::get<Tensor>(value).view());
    }
  }
  group.set_texts("weight_names", names);
}

optimizers::State read_optimizer_weights(const Model& model, const hdf5::Group& group) {
  const std::vector<std::string> names = group.texts("weight_names");
  const bool keras3 = !names.empty() && counts_iterations(names.front()) && !names.front().ends_with(":0");
  return keras3 ? read_by_position(model, names, group) : read_by_name(model, names, group);
}

}  // namespace antler::saving
