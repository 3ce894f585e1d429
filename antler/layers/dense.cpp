#include "antler/layers/dense.h"

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/dense.h"

namespace antler::layers {
namespace {

class DenseLayer final : public LayerBase {
 public:
  DenseLayer(int64_t units, const DenseOptions& options) : units_(units), options_(options) {
    check_range("units", units);
    options_.activation = checked_activation(options.activation);
  }

  std::string class_name() const override { return "Dense"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    const Shape& input = inputs[0];
    if (input.rank() < 2)
      throw Error("the input has the shape {}; expected rank 2 or more", input.to_string());
    add_weight("kernel", {input.back(), units_}, options_.kernel_initializer, seed);
    if (options_.use_bias) add_weight("bias", {units_}, options_.bias_initializer, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Dense dense;
    dense.bias = options_.use_bias;
    std::vector<graph::Value> operands = {inputs[0], parameter(to, 0)};
    if (options_.use_bias) operands.push_back(parameter(to, 1));
    return activate(to, to.graph.apply(dense, operands), options_.activation);
  }

  Json config() const override {
    return {{"units", units_},
            {"activation", options_.activation},
            {"use_bias", options_.use_bias},
            {"kernel_initializer", to_config(options_.kernel_initializer)},
            {"bias_initializer", to_config(options_.bias_initializer)},
            {"kernel_regularizer", nullptr},
            {"bias_regularizer", nullptr},
            {"kernel_constraint", nullptr},
            {"bias_constraint", nullptr},
            {"quantization_config", nullptr}};
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<DenseLayer>(*this); }

 private:
  int64_t units_;
  DenseOptions options_;
};

}  // namespace

Layer Dense(int64_t units, const DenseOptions& options) {
  return make_layer_of<DenseLayer>("Dense", options, units, options);
}

std::shared_ptr<LayerBase> read_dense(ConfigReader& config) {
  for (const char* key : {"kernel_regularizer", "bias_regularizer", "kernel_constraint", "bias_constraint"}) {
    config.refuse(key);
  }
  return std::make_shared<DenseLayer>(
      config.integer("units"),
      DenseOptions{.activation = config.activation("activation"),
                   .use_bias = config.flag("use_bias", true),
                   .kernel_initializer = config.initializer("kernel_initializer", "glorot_uniform"),
                   .bias_initializer = config.initializer("bias_initializer", "zeros")});
}

}  // namespace antler::layers
