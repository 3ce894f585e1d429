#include "antler/layers/conv2d_transpose.h"

#include <algorithm>

#include "antler/layers/activation_function.h"
#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/convolution_window.h"
#include "antler/ops/transposed_convolution.h"

namespace antler::layers {
namespace {

int64_t enlarged(const std::string& padding, int64_t extent, int64_t kernel, int64_t stride,
                 int64_t dilation) {
  const int64_t reach = (kernel - 1) * dilation + 1;
  return extent * stride + (padding == "valid" ? std::max<int64_t>(reach - stride, 0) : 0);
}

class Conv2DTransposeLayer final : public LayerBase {
 public:
  Conv2DTransposeLayer(int64_t filters, const Conv2DTransposeOptions& options)
      : filters_(filters), options_(options) {
    check_range("filters", filters);
    settle(options_);
  }

  std::string class_name() const override { return "Conv2DTranspose"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    const Pair& kernel = options_.kernel_size;
    add_weight("kernel", {kernel.height, kernel.width, filters_, inputs[0].back()},
               {options_.kernel_initializer}, seed);
    if (options_.use_bias) add_weight("bias", {filters_}, {options_.bias_initializer}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const Shape& input = to.graph.shape(inputs[0]);
    const auto& [kernel, strides, dilation] =
        std::tie(options_.kernel_size, options_.strides, options_.dilation_rate);
    ops::TransposedConvolution transposed;
    transposed.height = enlarged(options_.padding, input[1], kernel.height, strides.height, dilation.height);
    transposed.width = enlarged(options_.padding, input[2], kernel.width, strides.width, dilation.width);
    transposed.convolution =
        convolution_over({input[0], transposed.height, transposed.width, filters_}, window_of(options_));
    transposed.convolution.bias = false;
    transposed.bias = options_.use_bias;
    std::vector<graph::Value> operands = {inputs[0], parameter(to, 0)};
    if (options_.use_bias) operands.push_back(parameter(to, 1));
    return activate(to, to.graph.apply(transposed, operands), options_.activation);
  }

  Json config() const override {
    return {{"filters", filters_},
            {"kernel_size", to_config(options_.kernel_size)},
            {"strides", to_config(options_.strides)},
            {"padding", options_.padding},
            {"output_padding", nullptr},
            {"data_format", "channels_last"},
            {"dilation_rate", to_config(options_.dilation_rate)},
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

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<Conv2DTransposeLayer>(*this); }

 private:
  int64_t filters_;
  Conv2DTransposeOptions options_;
};

}  // namespace

Layer Conv2DTranspose(int64_t filters, const Conv2DTransposeOptions& options) {
  return make_layer_of<Conv2DTransposeLayer>("Conv2DTranspose", options, filters, options);
}

std::shared_ptr<LayerBase> read_conv2d_transpose(ConfigReader& config) {
  config.channels_last();
  for (const char* key :
       {"output_padding", "kernel_regularizer", "bias_regularizer", "kernel_constraint", "bias_constraint"}) {
    config.refuse(key);
  }
  if (config.integer("groups", 1) != 1) throw Error("groups of a transposed convolution are not 1");
  return std::make_shared<Conv2DTransposeLayer>(
      config.integer("filters"),
      Conv2DTransposeOptions{.kernel_size = config.pair("kernel_size"),
                             .strides = config.pair("strides", 1),
                             .padding = config.text("padding", "valid"),
                             .dilation_rate = config.pair("dilation_rate", 1),
                             .activation = config.activation("activation"),
                             .use_bias = config.flag("use_bias", true),
                             .kernel_initializer = config.initializer("kernel_initializer", "glorot_uniform"),
                             .bias_initializer = config.initializer("bias_initializer", "zeros")});
}

}  // namespace antler::layers
