#include "antler/layers/separable_conv.h"

#include "antler/layers/depthwise_conv.h"
#include "antler/layers/fields.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, int64_t& filters, auto& options) {
  field("depth_multiplier", options.depth_multiplier);
  field.required("filters", filters);
  field.required("kernel_size", options.kernel_size);
  field("strides", options.strides);
  field("padding", options.padding);
  field.data_format();
  field("dilation_rate", options.dilation_rate);
  field.activation("activation", options.activation);
  field("use_bias", options.use_bias);
  field("depthwise_initializer", options.depthwise_initializer);
  field("pointwise_initializer", options.pointwise_initializer);
  field("bias_initializer", options.bias_initializer);
  field("depthwise_regularizer", options.depthwise_regularizer);
  field("pointwise_regularizer", options.pointwise_regularizer);
  field("bias_regularizer", options.bias_regularizer);
  field("depthwise_constraint", options.depthwise_constraint);
  field("pointwise_constraint", options.pointwise_constraint);
  field("bias_constraint", options.bias_constraint);
};

template <class Extent>
class SeparableConvLayer final : public LayerBase {
 public:
  SeparableConvLayer(int64_t filters, const SeparableConvOptions<Extent>& options)
      : filters_(filters), options_(options) {
    check_range("filters", filters);
    check_range("depth_multiplier", options.depth_multiplier);
    settle(options_, Extent::axes == 1);
  }

  std::string class_name() const override { return std::string("SeparableConv") + Extent::dimensions; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_axes(inputs[0], Extent::axes);
    const int64_t channels = inputs[0].back();
    add_weight(
        "depthwise_kernel", kernel_shape(options_.kernel_size, channels, options_.depth_multiplier),
        {options_.depthwise_initializer, options_.depthwise_regularizer, options_.depthwise_constraint},
        seed);
    add_weight(
        "pointwise_kernel", kernel_shape(Extent(1), channels * options_.depth_multiplier, filters_),
        {options_.pointwise_initializer, options_.pointwise_regularizer, options_.pointwise_constraint},
        seed);
    if (!options_.use_bias) return;
    add_weight("bias", {filters_},
               {options_.bias_initializer, options_.bias_regularizer, options_.bias_constraint}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const graph::Value each =
        depthwise_convolution(to, inputs[0], parameter(to, 0), std::nullopt, window_of(options_));
    std::vector<graph::Value> operands = {each, parameter(to, 1)};
    ops::Convolution pointwise;
    pointwise.bias = options_.use_bias;
    if (options_.use_bias) operands.push_back(parameter(to, 2));
    return activate(to, to.graph.apply(pointwise, operands), options_.activation);
  }

  Json config() const override { return written(fields, filters_, options_); }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<SeparableConvLayer>(*this); }

 private:
  int64_t filters_;
  SeparableConvOptions<Extent> options_;
};

template <class Extent>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  int64_t filters = 0;
  SeparableConvOptions<Extent> options{.kernel_size = 1};
  FieldReader reader(config);
  fields(reader, filters, options);
  skip_what_is_inherited(config);
  return std::make_shared<SeparableConvLayer<Extent>>(filters, options);
}

}  // namespace

Layer SeparableConv1D(int64_t filters, const SeparableConv1DOptions& options) {
  return make_layer_of<SeparableConvLayer<Single>>("SeparableConv1D", options, filters, options);
}
Layer SeparableConv2D(int64_t filters, const SeparableConv2DOptions& options) {
  return make_layer_of<SeparableConvLayer<Pair>>("SeparableConv2D", options, filters, options);
}
Layer SeparableConvolution1D(int64_t filters, const SeparableConv1DOptions& options) {
  return SeparableConv1D(filters, options);
}
Layer SeparableConvolution2D(int64_t filters, const SeparableConv2DOptions& options) {
  return SeparableConv2D(filters, options);
}

std::shared_ptr<LayerBase> read_separable_conv1d(ConfigReader& config) {
  return read<Single>(config);
}
std::shared_ptr<LayerBase> read_separable_conv2d(ConfigReader& config) {
  return read<Pair>(config);
}

}  // namespace antler::layers
