#include "antler/layers/depthwise_conv2d.h"

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/convolution_window.h"
#include "antler/ops/reshape.h"

namespace antler::layers {
namespace {

// A convolution with a group for each channel. Its kernel (height, width, channels, multiplier) holds, in the
// same order, the numbers of the grouped convolution's (height, width, 1, channels * multiplier).
graph::Value depthwise(Lowering& to, graph::Value x, graph::Value kernel, std::optional<graph::Value> bias,
                       const ConvolutionWindow& window) {
  const Shape& shape = to.graph.shape(kernel);
  ops::Reshape grouped;
  grouped.shape = {shape[1], 1, shape[2] * shape[3]};
  ops::Convolution convolution = convolution_over(to.graph.shape(x), window);
  convolution.groups = shape[2];
  convolution.bias = bias.has_value();
  std::vector<graph::Value> operands = {x, to.graph.apply(grouped, {kernel})};
  if (bias) operands.push_back(*bias);
  return to.graph.apply(convolution, operands);
}

class DepthwiseConv2DLayer final : public LayerBase {
 public:
  explicit DepthwiseConv2DLayer(const DepthwiseConv2DOptions& options) : options_(options) {
    check_range("depth_multiplier", options.depth_multiplier);
    settle(options_);
  }

  std::string class_name() const override { return "DepthwiseConv2D"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    const Pair& kernel = options_.kernel_size;
    const int64_t channels = inputs[0].back();
    add_weight("kernel", {kernel.height, kernel.width, channels, options_.depth_multiplier},
               {options_.depthwise_initializer}, seed);
    if (options_.use_bias)
      add_weight("bias", {channels * options_.depth_multiplier}, {options_.bias_initializer}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const auto bias = options_.use_bias ? std::optional(parameter(to, 1)) : std::nullopt;
    return activate(to, depthwise(to, inputs[0], parameter(to, 0), bias, window_of(options_)),
                    options_.activation);
  }

  Json config() const override {
    return {{"depth_multiplier", options_.depth_multiplier},
            {"kernel_size", to_config(options_.kernel_size)},
            {"strides", to_config(options_.strides)},
            {"padding", options_.padding},
            {"data_format", "channels_last"},
            {"dilation_rate", to_config(options_.dilation_rate)},
            {"activation", options_.activation},
            {"use_bias", options_.use_bias},
            {"depthwise_initializer", to_config(options_.depthwise_initializer)},
            {"bias_initializer", to_config(options_.bias_initializer)},
            {"depthwise_regularizer", nullptr},
            {"bias_regularizer", nullptr},
            {"activity_regularizer", nullptr},
            {"depthwise_constraint", nullptr},
            {"bias_constraint", nullptr}};
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<DepthwiseConv2DLayer>(*this); }

 private:
  DepthwiseConv2DOptions options_;
};

class SeparableConv2DLayer final : public LayerBase {
 public:
  SeparableConv2DLayer(int64_t filters, const SeparableConv2DOptions& options)
      : filters_(filters), options_(options) {
    check_range("filters", filters);
    check_range("depth_multiplier", options.depth_multiplier);
    settle(options_);
  }

  std::string class_name() const override { return "SeparableConv2D"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    const Pair& kernel = options_.kernel_size;
    const int64_t channels = inputs[0].back();
    add_weight("depthwise_kernel", {kernel.height, kernel.width, channels, options_.depth_multiplier},
               {options_.depthwise_initializer}, seed);
    add_weight("pointwise_kernel", {1, 1, channels * options_.depth_multiplier, filters_},
               {options_.pointwise_initializer}, seed);
    if (options_.use_bias) add_weight("bias", {filters_}, {options_.bias_initializer}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    std::vector<graph::Value> operands = {
        depthwise(to, inputs[0], parameter(to, 0), std::nullopt, window_of(options_)), parameter(to, 1)};
    ops::Convolution pointwise;
    pointwise.bias = options_.use_bias;
    if (options_.use_bias) operands.push_back(parameter(to, 2));
    return activate(to, to.graph.apply(pointwise, operands), options_.activation);
  }

  Json config() const override {
    return {{"depth_multiplier", options_.depth_multiplier},
            {"filters", filters_},
            {"kernel_size", to_config(options_.kernel_size)},
            {"strides", to_config(options_.strides)},
            {"padding", options_.padding},
            {"data_format", "channels_last"},
            {"dilation_rate", to_config(options_.dilation_rate)},
            {"activation", options_.activation},
            {"use_bias", options_.use_bias},
            {"depthwise_initializer", to_config(options_.depthwise_initializer)},
            {"pointwise_initializer", to_config(options_.pointwise_initializer)},
            {"bias_initializer", to_config(options_.bias_initializer)},
            {"depthwise_regularizer", nullptr},
            {"pointwise_regularizer", nullptr},
            {"bias_regularizer", nullptr},
            {"activity_regularizer", nullptr},
            {"depthwise_constraint", nullptr},
            {"pointwise_constraint", nullptr},
            {"bias_constraint", nullptr}};
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<SeparableConv2DLayer>(*this); }

 private:
  int64_t filters_;
  SeparableConv2DOptions options_;
};

// Keras 2 also writes what these layers inherit from Conv2D and do not use.
void skip_what_is_inherited(ConfigReader& config) {
  if (config.integer("groups", 1) != 1) throw Error("groups of a depthwise convolution are not 1");
  config.value("kernel_initializer");
  config.value("kernel_regularizer");
  config.value("kernel_constraint");
  for (const char* key : {"depthwise_regularizer", "pointwise_regularizer", "bias_regularizer",
                          "depthwise_constraint", "pointwise_constraint", "bias_constraint"}) {
    config.refuse(key);
  }
}

}  // namespace

Layer DepthwiseConv2D(const DepthwiseConv2DOptions& options) {
  return make_layer_of<DepthwiseConv2DLayer>("DepthwiseConv2D", options, options);
}

Layer SeparableConv2D(int64_t filters, const SeparableConv2DOptions& options) {
  return make_layer_of<SeparableConv2DLayer>("SeparableConv2D", options, filters, options);
}

std::shared_ptr<LayerBase> read_depthwise_conv2d(ConfigReader& config) {
  config.channels_last();
  skip_what_is_inherited(config);
  return std::make_shared<DepthwiseConv2DLayer>(DepthwiseConv2DOptions{
      .kernel_size = config.pair("kernel_size"),
      .strides = config.pair("strides", 1),
      .padding = config.text("padding", "valid"),
      .depth_multiplier = config.integer("depth_multiplier", 1),
      .dilation_rate = config.pair("dilation_rate", 1),
      .activation = config.activation("activation"),
      .use_bias = config.flag("use_bias", true),
      .depthwise_initializer = config.initializer("depthwise_initializer", "glorot_uniform"),
      .bias_initializer = config.initializer("bias_initializer", "zeros")});
}

std::shared_ptr<LayerBase> read_separable_conv2d(ConfigReader& config) {
  config.channels_last();
  skip_what_is_inherited(config);
  return std::make_shared<SeparableConv2DLayer>(
      config.integer("filters"),
      SeparableConv2DOptions{
          .kernel_size = config.pair("kernel_size"),
          .strides = config.pair("strides", 1),
          .padding = config.text("padding", "valid"),
          .dilation_rate = config.pair("dilation_rate", 1),
          .depth_multiplier = config.integer("depth_multiplier", 1),
          .activation = config.activation("activation"),
          .use_bias = config.flag("use_bias", true),
          .depthwise_initializer = config.initializer("depthwise_initializer", "glorot_uniform"),
          .pointwise_initializer = config.initializer("pointwise_initializer", "glorot_uniform"),
          .bias_initializer = config.initializer("bias_initializer", "zeros")});
}

}  // namespace antler::layers
