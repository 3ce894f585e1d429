#include "antler/layers/batch_normalization.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/normalization.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, BatchNormalizationOptions& options) {
  field.axis("axis", options.axis);
  field("momentum", options.momentum);
  field("epsilon", options.epsilon);
  field("center", options.center);
  field("scale", options.scale);
  field("beta_initializer", options.beta_initializer);
  field("gamma_initializer", options.gamma_initializer);
  field("moving_mean_initializer", options.moving_mean_initializer);
  field("moving_variance_initializer", options.moving_variance_initializer);
  field("beta_regularizer", options.beta_regularizer);
  field("gamma_regularizer", options.gamma_regularizer);
  field("beta_constraint", options.beta_constraint);
  field("gamma_constraint", options.gamma_constraint);
  field.off("synchronized", false);
  field.off("renorm", false);
  field.off("renorm_clipping", nullptr);
};

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
    if (options_.scale)
      add_weight("gamma", shape,
                 {options_.gamma_initializer, options_.gamma_regularizer, options_.gamma_constraint}, seed);
    if (options_.center)
      add_weight("beta", shape,
                 {options_.beta_initializer, options_.beta_regularizer, options_.beta_constraint}, seed);
    add_weight("moving_mean", shape, {.initializer = options_.moving_mean_initializer, .trainable = false},
               seed);
    add_weight("moving_variance", shape,
               {.initializer = options_.moving_variance_initializer, .trainable = false}, seed);
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

  Json config() const override { return written(fields, options_); }

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
  BatchNormalizationOptions options;
  FieldReader reader(config);
  fields(reader, options);
  config.number("renorm_momentum", 0.99);  // of no effect without renorm
  return std::make_shared<BatchNormalizationLayer>(options);
}

}  // namespace antler::layers
