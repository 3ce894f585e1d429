#include "antler/layers/advanced_activations.h"

#include <limits>
#include <utility>

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/activation.h"

namespace antler::layers {
namespace {

using Function = ops::Activation::Function;

// One function of each element; what sets these layers apart are names and numbers.
struct Element {
  std::string class_name;
  ops::Activation operation;
  Json config;
};

class ElementLayer final : public LayerBase {
 public:
  explicit ElementLayer(Element element) : element_(std::move(element)) {}

  std::string class_name() const override { return element_.class_name; }
  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    return to.graph.apply(element_.operation, {inputs[0]});
  }
  Json config() const override { return element_.config; }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ElementLayer>(*this); }

 private:
  Element element_;
};

ops::Activation operation(Function function, double alpha, double threshold = 0.0) {
  ops::Activation activation;
  activation.function = function;
  activation.alpha = static_cast<float>(alpha);
  activation.threshold = static_cast<float>(threshold);
  return activation;
}

Element leaky_relu(double negative_slope) {
  check_at_least("negative_slope", negative_slope, 0.0);
  return {"LeakyReLU", operation(Function::relu, negative_slope), {{"negative_slope", negative_slope}}};
}

Element elu(double alpha) {
  check_at_least("alpha", alpha, std::numeric_limits<double>::lowest());
  return {"ELU", operation(Function::elu, alpha), {{"alpha", alpha}}};
}

Element thresholded_relu(double theta) {
  check_at_least("theta", theta, 0.0);
  return {"ThresholdedReLU", operation(Function::threshold, 0.0, theta), {{"theta", theta}}};
}

Element relu(const ReLUOptions& options) {
  check_at_least("negative_slope", options.negative_slope, 0.0);
  check_at_least("threshold", options.threshold, 0.0);
  Element element{
      "ReLU", operation(Function::relu, options.negative_slope, options.threshold), {{"max_value", nullptr}}};
  if (options.max_value) {
    check_at_least("max_value", *options.max_value, 0.0);
    element.operation.max_value = static_cast<float>(*options.max_value);
    element.config["max_value"] = *options.max_value;
  }
  element.config["negative_slope"] = options.negative_slope;
  element.config["threshold"] = options.threshold;
  return element;
}

std::shared_ptr<LayerBase> layer_of(Element element) {
  return std::make_shared<ElementLayer>(std::move(element));
}

}  // namespace

Layer LeakyReLU(double negative_slope, const LayerOptions& options) {
  return make_layer("LeakyReLU", options, [&] { return layer_of(leaky_relu(negative_slope)); });
}

Layer ELU(double alpha, const LayerOptions& options) {
  return make_layer("ELU", options, [&] { return layer_of(elu(alpha)); });
}

Layer ThresholdedReLU(double theta, const LayerOptions& options) {
  return make_layer("ThresholdedReLU", options, [&] { return layer_of(thresholded_relu(theta)); });
}

Layer ReLU(const ReLUOptions& options) {
  return make_layer("ReLU", options, [&] { return layer_of(relu(options)); });
}

std::shared_ptr<LayerBase> read_leaky_relu(ConfigReader& config) {
  const double alpha = config.number("alpha", 0.3);
  return layer_of(leaky_relu(config.number("negative_slope", alpha)));
}

std::shared_ptr<LayerBase> read_elu(ConfigReader& config) {
  return layer_of(elu(config.number("alpha", 1.0)));
}

std::shared_ptr<LayerBase> read_thresholded_relu(ConfigReader& config) {
  return layer_of(thresholded_relu(config.number("theta", 1.0)));
}

std::shared_ptr<LayerBase> read_relu(ConfigReader& config) {
  return layer_of(relu({.max_value = config.optional_number("max_value"),
                        .negative_slope = config.number("negative_slope", 0.0),
                        .threshold = config.number("threshold", 0.0)}));
}

}  // namespace antler::layers
