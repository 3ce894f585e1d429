#include "antler/layers/conv.h"

#include "antler/layers/convolution_window.h"
#include "antler/layers/fields.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, int64_t& filters, auto& options) {
  field.required("filters", filters);
  field.required("kernel_size", options.kernel_size);
  field("strides", options.strides);
  field("padding", options.padding);
  field.data_format();
  field("dilation_rate", options.dilation_rate);
  field("groups", options.groups);
  field.activation("activation", options.activation);
  field("use_bias", options.use_bias);
  field("kernel_initializer", options.kernel_initializer);
  field("bias_initializer", options.bias_initializer);
  field("kernel_regularizer", options.kernel_regularizer);
  field("bias_regularizer", options.bias_regularizer);
  field("kernel_constraint", options.kernel_constraint);
  field("bias_constraint", options.bias_constraint);
};

template <class Extent>
class ConvLayer final : public LayerBase {
 public:
  ConvLayer(int64_t filters, const ConvOptions<Extent>& options) : filters_(filters), options_(options) {
    check_range("filters", filters);
    check_range("groups", options.groups);
    if (filters % options.groups != 0)
      throw Error("{} filters do not fall into {} groups", filters, options.groups);
    settle(options_, Extent::axes == 1);
    refuse_strides_with_dilation(window_of(options_));
  }

  std::string class_name() const override { return std::string("Conv") + Extent::dimensions; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_axes(inputs[0], Extent::axes);
    const int64_t channels = inputs[0].back();
    if (channels % options_.groups != 0) {
      throw Error("{} input channels do not fall into {} groups", channels, options_.groups);
    }
    add_weight("kernel", kernel_shape(options_.kernel_size, channels / options_.groups, filters_),
               {options_.kernel_initializer, options_.kernel_regularizer, options_.kernel_constraint}, seed);
    if (!options_.use_bias) return;
    add_weight("bias", {filters_},
               {options_.bias_initializer, options_.bias_regularizer, options_.bias_constraint}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    std::vector<graph::Value> operands = {inputs[0], parameter(to, 0)};
    if (options_.use_bias) operands.push_back(parameter(to, 1));
    ops::Convolution convolution = convolution_over(to.graph.shape(inputs[0]), window_of(options_));
    convolution.groups = options_.groups;
    convolution.bias = options_.use_bias;
    return activate(to, to.graph.apply(convolution, operands), options_.activation);
  }

  Json config() const override { return written(fields, filters_, options_); }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ConvLayer>(*this); }

 private:
  int64_t filters_;
  ConvOptions<Extent> options_;
};

template <class Extent>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  int64_t filters = 0;
  ConvOptions<Extent> options{.kernel_size = 1};
  FieldReader reader(config);
  fields(reader, filters, options);
  return std::make_shared<ConvLayer<Extent>>(filters, options);
}

}  // namespace

Layer Conv1D(int64_t filters, const Conv1DOptions& options) {
  return make_layer_of<ConvLayer<Single>>("Conv1D", options, filters, options);
}
Layer Conv2D(int64_t filters, const Conv2DOptions& options) {
  return make_layer_of<ConvLayer<Pair>>("Conv2D", options, filters, options);
}
Layer Convolution1D(int64_t filters, const Conv1DOptions& options) {
  return Conv1D(filters, options);
}
Layer Convolution2D(int64_t filters, const Conv2DOptions& options) {
  return Conv2D(filters, options);
}

std::shared_ptr<LayerBase> read_conv1d(ConfigReader& config) {
  return read<Single>(config);
}
std::shared_ptr<LayerBase> read_conv2d(ConfigReader& config) {
  return read<Pair>(config);
}

}  // namespace antler::layers
