// Model(inputs, outputs): finding the layers between them, in Keras's order.
#include <algorithm>
#include <map>

#include "antler/core/error.h"
#include "antler/models/keras_order.h"
#include "antler/models/model.h"
#include "antler/models/model_state.h"

namespace antler {
namespace {

using layers::Symbol;

// The symbols that outputs are made from, each after those it is made from itself.
class Symbols {
 public:
  Symbols(const std::vector<Symbol>& inputs, const std::vector<Symbol>& outputs) : inputs_(inputs) {
    for (const Symbol& input : inputs) add(input);
    for (const Symbol& output : outputs) add(output);
  }

  int position(const Symbol& symbol) const {
    const auto same = [&](const Symbol& other) { return symbol.is_of_same_application(other); };
    return static_cast<int>(std::ranges::find_if(found_, same) - found_.begin());
  }

  std::vector<int> positions(const std::vector<Symbol>& symbols) const {
    std::vector<int> all;
    for (const Symbol& symbol : symbols) all.push_back(position(symbol));
    return all;
  }

  std::vector<Application> applications() const {
    std::map<const layers::LayerBase*, int> numbers;
    std::vector<Application> all;
    for (const Symbol& symbol : found_) {
      const auto number = numbers.try_emplace(&symbol.layer().base(), static_cast<int>(numbers.size())).first;
      all.push_back({number->second, positions(symbol.inputs())});
    }
    return all;
  }

  const Symbol& operator[](int position) const { return found_[static_cast<size_t>(position)]; }
  size_t size() const { return found_.size(); }

 private:
  static bool contains(const std::vector<Symbol>& symbols, const Symbol& symbol) {
    return std::ranges::any_of(symbols, [&](const Symbol& s) { return symbol.is_of_same_application(s); });
  }

  void add(const Symbol& symbol) {
    if (contains(found_, symbol)) return;
    if (symbol.inputs().empty() && !contains(inputs_, symbol)) {
      throw Error("the outputs depend on an input of shape {} that is not among the model's inputs",
                  symbol.layer().base().batch_input_shape.value_or(Shape()).to_string());
    }
    for (const Symbol& input : symbol.inputs()) add(input);
    found_.push_back(symbol);
  }

  const std::vector<Symbol>& inputs_;
  std::vector<Symbol> found_;
};

}  // namespace

Model::Model(const std::vector<Symbol>& inputs, const std::vector<Symbol>& outputs, const std::string& name)
    : Model(std::make_unique<State>()) {
  if (inputs.empty() || outputs.empty())
    throw Error("a model was asked for without inputs or without outputs");
  for (const Symbol& input : inputs) {
    if (!input.inputs().empty())
      throw Error("a model's inputs must be what Input() gives, not what a layer makes");
  }
  state_->name = name;
  const Symbols symbols(inputs, outputs);
  std::vector<int> place(symbols.size());  // where each symbol is among the calls
  const auto placed = [&](const std::vector<Symbol>& several) {
    std::vector<Source> sources;
    for (const Symbol& symbol : several)
      sources.emplace_back(place[static_cast<size_t>(symbols.position(symbol))], symbol.output());
    return sources;
  };
  for (int position :
       keras_order(symbols.applications(), symbols.positions(inputs), symbols.positions(outputs))) {
    const Symbol& symbol = symbols[position];
    place[static_cast<size_t>(position)] = static_cast<int>(state_->calls.size());
    state_->append({.layer = symbol.layer(), .inputs = placed(symbol.inputs())});
  }
  state_->inputs.clear();
  for (Source input : placed(inputs)) state_->inputs.push_back(input.call);
  state_->outputs = placed(outputs);
}

}  // namespace antler
