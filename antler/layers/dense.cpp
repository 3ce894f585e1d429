#include "antler/layers/dense.h"

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/dense.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, int64_t& units, DenseOptions& options) {
  field.required("units", units);
  field.activation("activation", options.activation);
  field("use_bias", options.use_bias);
  field("kernel_initializer", options.kernel_initializer);
  field("bias_initializer", options.bias_initializer);
  field("kernel_regularizer", options.kernel_regularizer);
  field("bias_regularizer", options.bias_regularizer);
  field("kernel_constraint", options.kernel_constraint);
  field("bias_constraint", options.bias_constraint);
};

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
    add_weight("kernel", {input.back(), units_},
               {options_.kernel_initializer, options_.kernel_regularizer, options_.kernel_constraint}, seed);
    if (!options_.use_bias) return;
    add_weight("bias", {units_},
               {options_.bias_initializer, options_.bias_regularizer, options_.bias_constraint}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Dense dense;
    dense.bias = options_.use_bias;
    std::vector<graph::Value> operands = {inputs[0], parameter(to, 0)};
    if (options_.use_bias) operands.push_back(parameter(to, 1));
    return activate(to, to.graph.apply(dense, operands), options_.activation);
  }

  Json config() const override { return written(fields, units_, options_); }

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
  int64_t units = 0;
  DenseOptions options;
  FieldReader reader(config);
  fields(reader, units, options);
  return std::make_shared<DenseLayer>(units, options);
}

}  // namespace antler::layers
