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

Symbol Symbol::operator[](int output) const {
  Symbol other = *this;
  other.output_ = output;
  return other;
}

bool Symbol::is_of_same_application(const Symbol& other) const {
  const bool are_inputs = inputs().empty() && other.inputs().empty();
  return application_ == other.application_ || (are_inputs && &layer().base() == &other.layer().base());
}

Symbol Layer::operator()(const Symbol& input) const {
  return {*this, {input}};
}
Symbol Layer::operator()(const std::vector<Symbol>& inputs) const {
  return {*this, inputs};
}

}  // namespace antler::layers
