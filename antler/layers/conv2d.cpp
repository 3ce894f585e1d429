#include "antler/layers/conv2d.h"

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/convolution_window.h"

namespace antler::layers {
namespace {

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
               options_.kernel_initializer, seed);
    if (options_.use_bias) add_weight("bias", {filters_}, options_.bias_initializer, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    std::vector<graph::Value> operands = {inputs[0], parameter(to, 0)};
    if (options_.use_bias) operands.push_back(parameter(to, 1));
    ops::Convolution convolution = convolution_over(to.graph.shape(inputs[0]), window_of(options_));
    convolution.groups = options_.groups;
    convolution.bias = options_.use_bias;
    return activate(to, to.graph.apply(convolution, operands), options_.activation);
  }

  Json config() const override {
    return {{"filters", filters_},
            {"kernel_size", to_config(options_.kernel_size)},
            {"strides", to_config(options_.strides)},
            {"padding", options_.padding},
            {"data_format", "channels_last"},
            {"dilation_rate", to_config(options_.dilation_rate)},
            {"groups", options_.groups},
            {"activation", options_.activation},
            {"use_bias", options_.use_bias},
            {"kernel_initializer", to_config(options_.kernel_initializer)},
            {"bias_initializer", to_config(options_.bias_initializer)},
            {"kernel_regularizer", nullptr},
            {"bias_regularizer", nullptr},
            {"activity_regularizer", nullptr},
            {"kernel_constraint", nullptr},
            {"bias_constraint", nullptr}};
  }

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
  config.channels_last();
  for (const char* key : {"kernel_regularizer", "bias_regularizer", "kernel_constraint", "bias_constraint"}) {
    config.refuse(key);
  }
  return std::make_shared<Conv2DLayer>(
      config.integer("filters"),
      Conv2DOptions{.kernel_size = config.pair("kernel_size"),
                    .strides = config.pair("strides", 1),
                    .padding = config.text("padding", "valid"),
                    .dilation_rate = config.pair("dilation_rate", 1),
                    .groups = config.integer("groups", 1),
                    .activation = config.activation("activation"),
                    .use_bias = config.flag("use_bias", true),
                    .kernel_initializer = config.initializer("kernel_initializer", "glorot_uniform"),
                    .bias_initializer = config.initializer("bias_initializer", "zeros")});
}

}  // namespace antler::layers
