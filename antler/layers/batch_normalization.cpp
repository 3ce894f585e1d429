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
};

// Keras 2 has a kernel of its own for images and volumes normalised along their first or last axis, which
// moves the variance towards the unbiased one. A layer of Keras 2 keeps to that wherever it is saved. Neither
// Keras has a word for it, so it is told by one that both take and ignore as long as renorm is off:
// renorm_clipping is then {} and otherwise null, which Keras 2 writes neither of.
bool is_of_keras_2(ConfigReader& config) {
  const Json& clipping = config.value("renorm_clipping");
  return config.has("renorm_clipping") ? clipping.is_object() && clipping.empty()
                                       : config.dialect() == Dialect::keras2;
}

bool has_kernel_in_keras_2(const Shape& input, int axis) {
  const int at = input.checked_axis(axis);
  return (input.rank() == 4 || input.rank() == 5) && (at == 1 || at == input.rank() - 1);
}

class BatchNormalizationLayer final : public LayerBase {
 public:
  explicit BatchNormalizationLayer(const BatchNormalizationOptions& options, bool of_keras_2 = false)
      : options_(options), of_keras_2_(of_keras_2) {
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
    normalization.unbiased_moving_variance =
        of_keras_2_ && has_kernel_in_keras_2(to.graph.shape(inputs[0]), options_.axis);
    std::vector<graph::Value> operands = {inputs[0]};
    const size_t learned = weights.size() - 2;
    for (size_t i = 0; i < learned; ++i) operands.push_back(parameter(to, i));
    return to.graph.apply(normalization, operands, {parameter(to, learned), parameter(to, learned + 1)});
  }

  Json config() const override {
    Json settings = written(fields, options_);
    settings["renorm_clipping"] = of_keras_2_ ? Json::object() : Json();
    settings["renorm_momentum"] = 0.99;
    return settings;
  }

  std::shared_ptr<LayerBase> clone() const override {
    return std::make_shared<BatchNormalizationLayer>(*this);
  }

 private:
  BatchNormalizationOptions options_;
  bool of_keras_2_;
};

}  // namespace

Layer BatchNormalization(const BatchNormalizationOptions& options) {
  return make_layer_of<BatchNormalizationLayer>("BatchNormalization", options, options);
}

std::shared_ptr<LayerBase> read_batch_normalization(ConfigReader& config) {
  config.number("renorm_momentum", 0.99);  // of no effect without renorm
  return std::make_shared<BatchNormalizationLayer>(read_options<BatchNormalizationOptions>(config, fields),
                                                   is_of_keras_2(config));
}

}  // namespace antler::layers
