#include "antler/layers/prelu.h"

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/prelu.h"

namespace antler::layers {
namespace {

class PReLULayer final : public LayerBase {
 public:
  explicit PReLULayer(const PReLUOptions& options) : options_(options) {
    for (int axis : options.shared_axes) check_range("shared_axes", axis, 1, Shape::max_rank - 1);
  }

  std::string class_name() const override { return "PReLU"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    Shape shape = inputs[0].without_batch();
    for (int axis : options_.shared_axes) shape[axis - 1] = 1;
    add_weight("alpha", shape, {options_.alpha_initializer}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    return to.graph.apply(ops::PRelu{}, {inputs[0], parameter(to, 0)});
  }

  Json config() const override {
    Json settings = {{"alpha_initializer", to_config(options_.alpha_initializer)},
                     {"alpha_regularizer", nullptr},
                     {"alpha_constraint", nullptr},
                     {"shared_axes", nullptr}};
    if (!options_.shared_axes.empty()) settings["shared_axes"] = options_.shared_axes;
    return settings;
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<PReLULayer>(*this); }

 private:
  PReLUOptions options_;
};

}  // namespace

Layer PReLU(const PReLUOptions& options) {
  return make_layer_of<PReLULayer>("PReLU", options, options);
}

std::shared_ptr<LayerBase> read_prelu(ConfigReader& config) {
  config.refuse("alpha_regularizer");
  config.refuse("alpha_constraint");
  PReLUOptions options{.alpha_initializer = config.initializer("alpha_initializer", "zeros")};
  for (int64_t axis : config.integers("shared_axes")) {
    check_range("shared_axes", axis, 1, Shape::max_rank - 1);
    options.shared_axes.push_back(static_cast<int>(axis));
  }
  return std::make_shared<PReLULayer>(options);
}

}  // namespace antler::layers
