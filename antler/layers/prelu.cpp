#include "antler/layers/prelu.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/prelu.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, PReLUOptions& options) {
  field("alpha_initializer", options.alpha_initializer);
  field("alpha_regularizer", options.alpha_regularizer);
  field("alpha_constraint", options.alpha_constraint);
  field("shared_axes", options.shared_axes);
};

class PReLULayer final : public LayerBase {
 public:
  explicit PReLULayer(const PReLUOptions& options) : options_(options) {
    for (int axis : options.shared_axes) check_range("shared_axes", axis, 1, Shape::max_rank - 1);
  }

  std::string class_name() const override { return "PReLU"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    Shape shape = inputs[0].without_batch();
    for (int axis : options_.shared_axes) shape[axis - 1] = 1;
    add_weight("alpha", shape,
               {options_.alpha_initializer, options_.alpha_regularizer, options_.alpha_constraint}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    return to.graph.apply(ops::PRelu{}, {inputs[0], parameter(to, 0)});
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<PReLULayer>(*this); }

 private:
  PReLUOptions options_;
};

}  // namespace

Layer PReLU(const PReLUOptions& options) {
  return make_layer_of<PReLULayer>("PReLU", options, options);
}

std::shared_ptr<LayerBase> read_prelu(ConfigReader& config) {
  return std::make_shared<PReLULayer>(read_options<PReLUOptions>(config, fields));
}

}  // namespace antler::layers
