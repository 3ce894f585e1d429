#include "antler/core/error.h"
#include "antler/layers/layer.h"

namespace antler::layers {

struct Symbol::Application {
  Layer layer;
  std::vector<Symbol> inputs;
};

Symbol::Symbol(Layer layer, std::vector<Symbol> inputs)
    : application_(std::make_shared<const Application>(Application{std::move(layer), std::move(inputs)})) {}

Symbol::Symbol(const Layer& input) : Symbol(input, {}) {
  if (input.class_name() != "InputLayer") {
    throw Error("a {} layer was given where what it makes of an input is expected: apply it first",
                input.class_name());
  }
}

const Layer& Symbol::layer() const {
  return application_->layer;
}
const std::vector<Symbol>& Symbol::inputs() const {
  return application_->inputs;
}

bool operator==(const Symbol& a, const Symbol& b) {
  const bool is_input = a.inputs().empty() && b.inputs().empty();
  return a.application_ == b.application_ || (is_input && &a.layer().base() == &b.layer().base());
}

Symbol Layer::operator()(const Symbol& input) const {
  return {*this, {input}};
}
Symbol Layer::operator()(const std::vector<Symbol>& inputs) const {
  return {*this, inputs};
}

}  // namespace antler::layers
