#include "antler/layers/batch_normalization.h"

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/normalization.h"

namespace antler::layers {
namespace {

class BatchNormalizationLayer final : public LayerBase {
 public:
  explicit BatchNormalizationLayer(const BatchNormalizationOptions& options) : options_(options) {
    check_at_least("epsilon", options.epsilon, 0.0);
    check_at_least("momentum", options.momentum, 0.0);
    if (options.momentum > 1.0) throw Error("momentum is {}; expected 1 or less", options.momentum);
  }

  std::string class_name() const override { return "BatchNormalization"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    const int axis = inputs[0].checked_axis(options_.axis);
    if (axis == 0) throw Error("axis {} is the batch; expected another", options_.axis);
    const Shape shape = {inputs[0][axis]};
    if (options_.scale) add_weight("gamma", shape, options_.gamma_initializer, seed);
    if (options_.center) add_weight("beta", shape, options_.beta_initializer, seed);
    add_weight("moving_mean", shape, options_.moving_mean_initializer, seed, false);
    add_weight("moving_variance", shape, options_.moving_variance_initializer, seed, false);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::BatchNormalization normalization;
    normalization.axis = options_.axis;
    normalization.epsilon = static_cast<float>(options_.epsilon);
    normalization.momentum = static_cast<float>(options_.momentum);
    normalization.scale = options_.scale;
    normalization.center = options_.center;
    normalization.training = to.training && trainable;
    std::vector<graph::Value> operands = {inputs[0]};
    const size_t learned = weights.size() - 2;
    for (size_t i = 0; i < learned; ++i) operands.push_back(parameter(to, i));
    return to.graph.apply(normalization, operands, {parameter(to, learned), parameter(to, learned + 1)});
  }

  Json config() const override {
    return {{"axis", options_.axis},
            {"momentum", options_.momentum},
            {"epsilon", options_.epsilon},
            {"center", options_.center},
            {"scale", options_.scale},
            {"beta_initializer", to_config(options_.beta_initializer)},
            {"gamma_initializer", to_config(options_.gamma_initializer)},
            {"moving_mean_initializer", to_config(options_.moving_mean_initializer)},
            {"moving_variance_initializer", to_config(options_.moving_variance_initializer)},
            {"beta_regularizer", nullptr},
            {"gamma_regularizer", nullptr},
            {"beta_constraint", nullptr},
            {"gamma_constraint", nullptr},
            {"synchronized", false},
            {"renorm", false},
            {"renorm_clipping", nullptr},
            {"renorm_momentum", 0.99}};
  }

  std::shared_ptr<LayerBase> clone() const override {
    return std::make_shared<BatchNormalizationLayer>(*this);
  }

 private:
  BatchNormalizationOptions options_;
};

}  // namespace

Layer BatchNormalization(const BatchNormalizationOptions& options) {
  return make_layer_of<BatchNormalizationLayer>("BatchNormalization", options, options);
}

std::shared_ptr<LayerBase> read_batch_normalization(ConfigReader& config) {
  for (const char* key : {"beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint",
                          "synchronized", "renorm", "renorm_clipping"}) {
    config.refuse(key);
  }
  config.number("renorm_momentum", 0.99);  // of no effect without renorm
  return std::make_shared<BatchNormalizationLayer>(BatchNormalizationOptions{
      .axis = config.axis("axis", -1),
      .momentum = config.number("momentum", 0.99),
      .epsilon = config.number("epsilon", 1e-3),
      .center = config.flag("center", true),
      .scale = config.flag("scale", true),
      .beta_initializer = config.initializer("beta_initializer", "zeros"),
      .gamma_initializer = config.initializer("gamma_initializer", "ones"),
      .moving_mean_initializer = config.initializer("moving_mean_initializer", "zeros"),
      .moving_variance_initializer = config.initializer("moving_variance_initializer", "ones")});
}

}  // namespace antler::layers
