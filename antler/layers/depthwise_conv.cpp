#include "antler/layers/depthwise_conv.h"

#include "antler/layers/fields.h"
#include "antler/ops/reshape.h"

namespace antler::layers {

// A convolution with a group for each channel. Its kernel (..., channels, multiplier) holds, in the same
// order, the numbers of the grouped convolution's (..., 1, channels * multiplier).
graph::Value depthwise_convolution(Lowering& to, graph::Value x, graph::Value kernel,
                                   std::optional<graph::Value> bias, const ConvolutionWindow& window) {
  ops::Reshape grouped;
  grouped.shape = to.graph.shape(kernel).without_batch();
  const int64_t channels = grouped.shape[-2];
  grouped.shape[-1] *= channels;
  grouped.shape[-2] = 1;
  ops::Convolution convolution = convolution_over(to.graph.shape(x), window);
  convolution.groups = channels;
  convolution.bias = bias.has_value();
  std::vector<graph::Value> operands = {x, to.graph.apply(grouped, {kernel})};
  if (bias) operands.push_back(*bias);
  return to.graph.apply(convolution, operands);
}

void skip_what_is_inherited(ConfigReader& config) {
  require_one_group(config);
  config.value("kernel_initializer");
  config.value("kernel_regularizer");
  config.value("kernel_constraint");
}

namespace {

constexpr auto fields = [](auto& field, auto& options) {
  field("depth_multiplier", options.depth_multiplier);
  field.required("kernel_size", options.kernel_size);
  field("strides", options.strides);
  field("padding", options.padding);
  field.data_format();
  field("dilation_rate", options.dilation_rate);
  field.activation("activation", options.activation);
  field("use_bias", options.use_bias);
  field("depthwise_initializer", options.depthwise_initializer);
  field("bias_initializer", options.bias_initializer);
  field("depthwise_regularizer", options.depthwise_regularizer);
  field("bias_regularizer", options.bias_regularizer);
  field("depthwise_constraint", options.depthwise_constraint);
  field("bias_constraint", options.bias_constraint);
};

template <class Extent>
class DepthwiseConvLayer final : public LayerBase {
 public:
  explicit DepthwiseConvLayer(const DepthwiseConvOptions<Extent>& options) : options_(options) {
    check_range("depth_multiplier", options.depth_multiplier);
    settle(options_);
  }

  std::string class_name() const override { return std::string("DepthwiseConv") + Extent::dimensions; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_axes(inputs[0], Extent::axes);
    const int64_t channels = inputs[0].back();
    add_weight(
        "kernel", kernel_shape(options_.kernel_size, channels, options_.depth_multiplier),
        {options_.depthwise_initializer, options_.depthwise_regularizer, options_.depthwise_constraint},
        seed);
    if (!options_.use_bias) return;
    add_weight("bias", {channels * options_.depth_multiplier},
               {options_.bias_initializer, options_.bias_regularizer, options_.bias_constraint}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const auto bias = options_.use_bias ? std::optional(parameter(to, 1)) : std::nullopt;
    const graph::Value y = depthwise_convolution(to, inputs[0], parameter(to, 0), bias, window_of(options_));
    return activate(to, y, options_.activation);
  }

  Json config() const override { return written(fields, options_); }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<DepthwiseConvLayer>(*this); }

 private:
  DepthwiseConvOptions<Extent> options_;
};

template <class Extent>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  DepthwiseConvOptions<Extent> options{.kernel_size = 1};
  FieldReader reader(config);
  fields(reader, options);
  skip_what_is_inherited(config);
  return std::make_shared<DepthwiseConvLayer<Extent>>(options);
}

}  // namespace

Layer DepthwiseConv1D(const DepthwiseConv1DOptions& options) {
  return make_layer_of<DepthwiseConvLayer<Single>>("DepthwiseConv1D", options, options);
}
Layer DepthwiseConv2D(const DepthwiseConv2DOptions& options) {
  return make_layer_of<DepthwiseConvLayer<Pair>>("DepthwiseConv2D", options, options);
}

std::shared_ptr<LayerBase> read_depthwise_conv1d(ConfigReader& config) {
  return read<Single>(config);
}
std::shared_ptr<LayerBase> read_depthwise_conv2d(ConfigReader& config) {
  return read<Pair>(config);
}

}  // namespace antler::layers
