#include "antler/layers/activation.h"

#include "antler/layers/activation_function.h"
#include "antler/layers/fields.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, std::string& activation) {
  field.activation("activation", activation);
};

class ActivationLayer final : public LayerBase {
 public:
  explicit ActivationLayer(const std::string& activation) : activation_(checked_activation(activation)) {}

  std::string class_name() const override { return "Activation"; }
  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    return activate(to, inputs[0], activation_);
  }
  Json config() const override { return written(fields, activation_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ActivationLayer>(*this); }

 private:
  std::string activation_;
};

}  // namespace

Layer Activation(const std::string& activation, const LayerOptions& options) {
  return make_layer_of<ActivationLayer>("Activation", options, activation);
}

std::shared_ptr<LayerBase> read_activation(ConfigReader& config) {
  return std::make_shared<ActivationLayer>(read_options<std::string>(config, fields));
}

}  // namespace antler::layers
