#include "antler/layers/layer_normalization.h"

#include <algorithm>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/layer_normalization.h"

namespace antler::layers {
namespace {

// What layer and group normalisation have in common.
constexpr auto shared_fields = [](auto& field, auto& options) {
  field("epsilon", options.epsilon);
  field("center", options.center);
  field("scale", options.scale);
};
constexpr auto parameter_fields = [](auto& field, auto& options) {
  field("beta_initializer", options.beta_initializer);
  field("gamma_initializer", options.gamma_initializer);
  field("beta_regularizer", options.beta_regularizer);
  field("gamma_regularizer", options.gamma_regularizer);
  field("beta_constraint", options.beta_constraint);
  field("gamma_constraint", options.gamma_constraint);
};
constexpr auto layer_fields = [](auto& field, LayerNormalizationOptions& options) {
  field("axis", options.axis);
  shared_fields(field, options);
  field.off("rms_scaling", false);
  parameter_fields(field, options);
};
constexpr auto group_fields = [](auto& field, GroupNormalizationOptions& options) {
  field("groups", options.groups);
  field.axis("axis", options.axis);
  shared_fields(field, options);
  parameter_fields(field, options);
};
constexpr auto rms_fields = [](auto& field, RMSNormalizationOptions& options) {
  field("axis", options.axis);
  field("epsilon", options.epsilon);
};

class NormalizationBase : public LayerBase {
 protected:
  template <class Options>
  void add_gamma_and_beta(const Options& options, const Shape& shape, uint64_t seed) {
    if (options.scale) {
      add_weight("gamma", shape,
                 {options.gamma_initializer, options.gamma_regularizer, options.gamma_constraint}, seed);
    }
    if (options.center) {
      add_weight("beta", shape, {options.beta_initializer, options.beta_regularizer, options.beta_constraint},
                 seed);
    }
  }

  // The operation with all of the layer's weights.
  graph::Value applied(Lowering& to, const ops::LayerNormalization& operation, graph::Value x) {
    std::vector<graph::Value> operands = {x};
    for (size_t i = 0; i < weights.size(); ++i) operands.push_back(parameter(to, i));
    return to.graph.apply(operation, operands);
  }
};

// Keras sorts the numbers as they were given, so that negative ones come first.
Shape extents_of(const Axes& axes, const Shape& input) {
  axes.of(input);  // throws for axes that cannot be
  std::vector<int> numbers = axes.numbers();
  std::ranges::sort(numbers);
  std::vector<int64_t> extents;
  for (int axis : numbers) extents.push_back(input[axis]);
  return Shape(extents);
}

class LayerNormalizationLayer final : public NormalizationBase {
 public:
  explicit LayerNormalizationLayer(const LayerNormalizationOptions& options) : options_(options) {
    check_at_least("epsilon", options.epsilon, 0.0);
    if (options.axis.numbers().empty()) throw Error("axis is an empty list; expected one axis or more");
  }

  std::string class_name() const override { return "LayerNormalization"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    add_gamma_and_beta(options_, extents_of(options_.axis, inputs[0]), seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const std::vector<int> axes = options_.axis.of(to.graph.shape(inputs[0]));
    ops::LayerNormalization operation;
    operation.axis = operation.parameters_axis = -static_cast<int>(axes.size());
    operation.epsilon = static_cast<float>(options_.epsilon);
    operation.scale = options_.scale;
    operation.center = options_.center;
    return with_axes_last(to, inputs[0], axes, [&](graph::Value x) { return applied(to, operation, x); });
  }

  Json config() const override { return written(layer_fields, options_); }
  std::shared_ptr<LayerBase> clone() const override {
    return std::make_shared<LayerNormalizationLayer>(*this);
  }

 private:
  LayerNormalizationOptions options_;
};

class GroupNormalizationLayer final : public NormalizationBase {
 public:
  explicit GroupNormalizationLayer(const GroupNormalizationOptions& options) : options_(options) {
    check_at_least("epsilon", options.epsilon, 0.0);
    if (options.groups != -1) check_range("groups", options.groups);
  }

  std::string class_name() const override { return "GroupNormalization"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    const int axis = Axes(options_.axis).of(inputs[0])[0];
    const int64_t channels = inputs[0][axis];
    if (options_.groups == -1) options_.groups = channels;
    if (channels % options_.groups != 0) {
      throw Error("axis {} has {} channels, which cannot be cut into {} groups", options_.axis, channels,
                  options_.groups);
    }
    add_gamma_and_beta(options_, {channels}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::LayerNormalization operation;
    operation.axis = 1;
    operation.groups = options_.groups;
    operation.epsilon = static_cast<float>(options_.epsilon);
    operation.scale = options_.scale;
    operation.center = options_.center;
    return with_axes_last(to, inputs[0], Axes(options_.axis).of(to.graph.shape(inputs[0])),
                          [&](graph::Value x) { return applied(to, operation, x); });
  }

  Json config() const override { return written(group_fields, options_); }
  std::shared_ptr<LayerBase> clone() const override {
    return std::make_shared<GroupNormalizationLayer>(*this);
  }

 private:
  GroupNormalizationOptions options_;
};

class RMSNormalizationLayer final : public NormalizationBase {
 public:
  explicit RMSNormalizationLayer(const RMSNormalizationOptions& options) : options_(options) {
    check_at_least("epsilon", options.epsilon, 0.0);
    if (options.axis.numbers().empty()) throw Error("axis is an empty list; expected one axis or more");
  }

  std::string class_name() const override { return "RMSNormalization"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    const std::vector<int> axes = options_.axis.of(inputs[0]);
    if (axes.front() != inputs[0].rank() - static_cast<int>(axes.size())) {
      throw Error("the axes are not the last of {}, along which alone Keras scales", inputs[0].to_string());
    }
    add_weight("scale", extents_of(options_.axis, inputs[0]), {.initializer = "ones"}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::LayerNormalization operation;
    operation.axis = operation.parameters_axis = -static_cast<int>(options_.axis.numbers().size());
    operation.epsilon = static_cast<float>(options_.epsilon);
    operation.center = false;
    operation.only_scales = true;
    return applied(to, operation, inputs[0]);
  }

  Json config() const override { return written(rms_fields, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RMSNormalizationLayer>(*this); }

 private:
  RMSNormalizationOptions options_;
};

}  // namespace

Layer LayerNormalization(const LayerNormalizationOptions& options) {
  return make_layer_of<LayerNormalizationLayer>("LayerNormalization", options, options);
}
Layer GroupNormalization(const GroupNormalizationOptions& options) {
  return make_layer_of<GroupNormalizationLayer>("GroupNormalization", options, options);
}
Layer RMSNormalization(const RMSNormalizationOptions& options) {
  return make_layer_of<RMSNormalizationLayer>("RMSNormalization", options, options);
}

std::shared_ptr<LayerBase> read_layer_normalization(ConfigReader& config) {
  return std::make_shared<LayerNormalizationLayer>(
      read_options<LayerNormalizationOptions>(config, layer_fields));
}
std::shared_ptr<LayerBase> read_group_normalization(ConfigReader& config) {
  return std::make_shared<GroupNormalizationLayer>(
      read_options<GroupNormalizationOptions>(config, group_fields));
}
std::shared_ptr<LayerBase> read_rms_normalization(ConfigReader& config) {
  return std::make_shared<RMSNormalizationLayer>(read_options<RMSNormalizationOptions>(config, rms_fields));
}

}  // namespace antler::layers
