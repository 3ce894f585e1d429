// Model(inputs, outputs): finding the layers between them, in Keras's order.
#include <algorithm>
#include <map>

#include "antler/core/error.h"
#include "antler/models/model.h"
#include "antler/models/model_state.h"

namespace antler {
namespace {

using layers::LayerBase;
using layers::Symbol;

// The symbols that outputs are made from, ordered as Keras's map_graph does
// (keras/src/ops/function.py, 3.15): by depth, the longest way to an output, and where that is equal by when
// a walk back from the outputs first meets the layer. Weights are numbered in this order, so files depend on
// it.
class Order {
 public:
  Order(const std::vector<Symbol>& inputs, const std::vector<Symbol>& outputs) : inputs_(inputs) {
    for (const Symbol& output : outputs) visit(output);
    for (const Symbol& input : inputs) {
      if (!position(input)) symbols_.push_back(input);
    }
    depths_.assign(symbols_.size(), 0);
    for (size_t i = symbols_.size(); i-- > 0;) measure(i);
  }

  std::vector<Symbol> sorted() const {
    std::vector<size_t> order(symbols_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](size_t a, size_t b) {
      if (depths_[a] != depths_[b]) return depths_[a] > depths_[b];
      return first_met(symbols_[a]) < first_met(symbols_[b]);
    });
    std::vector<Symbol> sorted;
    for (size_t i : order) sorted.push_back(symbols_[i]);
    return sorted;
  }

 private:
  std::optional<size_t> position(const Symbol& symbol) const {
    const auto found = std::ranges::find(symbols_, symbol);
    if (found == symbols_.end()) return std::nullopt;
    return static_cast<size_t>(found - symbols_.begin());
  }

  bool is_input(const Symbol& symbol) const { return std::ranges::find(inputs_, symbol) != inputs_.end(); }

  int first_met(const Symbol& symbol) const {
    const auto met = met_.find(&symbol.layer().base());
    return met == met_.end() ? -1 : met->second;
  }

  // Appends what `symbol` is made from, then itself.
  void visit(const Symbol& symbol) {
    if (position(symbol)) return;
    met_.try_emplace(&symbol.layer().base(), static_cast<int>(met_.size()));
    if (symbol.inputs().empty() && !is_input(symbol)) {
      throw Error("the outputs depend on an input of shape {} that is not among the model's inputs",
                  symbol.layer().base().batch_input_shape.value_or(Shape()).to_string());
    }
    for (const Symbol& input : symbol.inputs()) visit(input);
    symbols_.push_back(symbol);
  }

  void measure(size_t i) {
    int& of_layer = layer_depths_[&symbols_[i].layer().base()];
    depths_[i] = of_layer = std::max(depths_[i], of_layer);
    for (const Symbol& input : symbols_[i].inputs()) {
      int& depth = depths_[*position(input)];
      depth = std::max(depth, depths_[i] + 1);
    }
  }

  const std::vector<Symbol>& inputs_;
  std::vector<Symbol> symbols_;
  std::vector<int> depths_;
  std::map<const LayerBase*, int> met_;
  std::map<const LayerBase*, int> layer_depths_;
};

}  // namespace

Model::Model(const std::vector<Symbol>& inputs, const std::vector<Symbol>& outputs, const std::string& name)
    : Model(std::make_unique<State>()) {
  if (inputs.empty() || outputs.empty())
    throw Error("a model was asked for without inputs or without outputs");
  state_->name = name;
  const std::vector<Symbol> order = Order(inputs, outputs).sorted();
  const auto position = [&](const Symbol& symbol) {
    return static_cast<int>(std::ranges::find(order, symbol) - order.begin());
  };
  for (const Symbol& symbol : order) {
    Call call{.layer = symbol.layer(), .inputs = {}};
    for (const Symbol& input : symbol.inputs()) call.inputs.push_back(position(input));
    state_->append(std::move(call));
  }
  state_->inputs.clear();
  for (const Symbol& input : inputs) {
    if (!input.inputs().empty())
      throw Error("a model's inputs must be what Input() gives, not what a layer makes");
    state_->inputs.push_back(position(input));
  }
  for (const Symbol& output : outputs) state_->outputs.push_back(position(output));
}

}  // namespace antler
