#include "antler/layers/conv2d.h"

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/convolution_window.h"
#include "antler/layers/fields.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, int64_t& filters, Conv2DOptions& options) {
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

void check(int64_t filters, const Conv2DOptions& options) {
  check_range("filters", filters);
  check_range("groups", options.groups);
  if (filters % options.groups != 0)
    throw Error("{} filters do not fall into {} groups", filters, options.groups);
}

class Conv2DLayer final : public LayerBase {
 public:
  Conv2DLayer(int64_t filters, const Conv2DOptions& options) : filters_(filters), options_(options) {
    check(filters, options);
    settle(options_);
  }

  std::string class_name() const override { return "Conv2D"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    const int64_t channels = inputs[0].back();
    if (channels % options_.groups != 0) {
      throw Error("{} input channels do not fall into {} groups", channels, options_.groups);
    }
    const Pair& kernel = options_.kernel_size;
    add_weight("kernel", {kernel.height, kernel.width, channels / options_.groups, filters_},
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

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<Conv2DLayer>(*this); }

 private:
  int64_t filters_;
  Conv2DOptions options_;
};

}  // namespace

Layer Conv2D(int64_t filters, const Conv2DOptions& options) {
  return make_layer_of<Conv2DLayer>("Conv2D", options, filters, options);
}

std::shared_ptr<LayerBase> read_conv2d(ConfigReader& config) {
  int64_t filters = 0;
  Conv2DOptions options{.kernel_size = 1};
  FieldReader reader(config);
  fields(reader, filters, options);
  return std::make_shared<Conv2DLayer>(filters, options);
}

}  // namespace antler::layers
