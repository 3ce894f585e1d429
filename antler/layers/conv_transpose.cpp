#include "antler/layers/conv_transpose.h"

#include <algorithm>

#include "antler/layers/convolution_window.h"
#include "antler/layers/fields.h"
#include "antler/ops/transposed_convolution.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, int64_t& filters, auto& options) {
  field.required("filters", filters);
  field.required("kernel_size", options.kernel_size);
  field("strides", options.strides);
  field("padding", options.padding);
  field("output_padding", options.output_padding);
  field.data_format();
  field("dilation_rate", options.dilation_rate);
  field.activation("activation", options.activation);
  field("use_bias", options.use_bias);
  field("kernel_initializer", options.kernel_initializer);
  field("bias_initializer", options.bias_initializer);
  field("kernel_regularizer", options.kernel_regularizer);
  field("bias_regularizer", options.bias_regularizer);
  field("kernel_constraint", options.kernel_constraint);
  field("bias_constraint", options.bias_constraint);
};

// How long the output is along one axis; `reach` is how far the kernel does.
int64_t enlarged(int64_t extent, int64_t reach, int64_t stride, bool same,
                 std::optional<int64_t> output_padding) {
  const int64_t least = (extent - 1) * stride + (same ? reach % 2 : reach);
  if (output_padding) return least + *output_padding;
  return same ? extent * stride : std::max(least, extent * stride);
}

void check_output_padding(int64_t padding, int64_t stride) {
  if (padding >= 0 && padding < stride) return;
  throw Error("output_padding is {} where strides is {}; expected less than the strides, and 0 or more",
              padding, stride);
}

template <class Extent>
class ConvTransposeLayer final : public LayerBase {
 public:
  ConvTransposeLayer(int64_t filters, const ConvTransposeOptions<Extent>& options)
      : filters_(filters), options_(options) {
    check_range("filters", filters);
    settle(options_);
    refuse_strides_with_dilation(window_of(options_));
    if (!options.output_padding) return;
    const Pair padding = *options.output_padding;
    const Pair strides = options.strides;
    check_output_padding(padding.width, strides.width);
    if (Extent::axes == 2) check_output_padding(padding.height, strides.height);
  }

  std::string class_name() const override { return std::string("Conv") + Extent::dimensions + "Transpose"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    check_axes(inputs[0], Extent::axes);
    add_weight("kernel", kernel_shape(options_.kernel_size, filters_, inputs[0].back()),
               {options_.kernel_initializer, options_.kernel_regularizer, options_.kernel_constraint}, seed);
    if (!options_.use_bias) return;
    add_weight("bias", {filters_},
               {options_.bias_initializer, options_.bias_regularizer, options_.bias_constraint}, seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    Shape output = to.graph.shape(inputs[0]);
    output[-1] = filters_;
    output[-2] = length(output[-2], &Pair::width);
    if (Extent::axes == 2) output[-3] = length(output[-3], &Pair::height);
    ops::TransposedConvolution transposed;
    transposed.height = Extent::axes == 2 ? output[-3] : 1;
    transposed.width = output[-2];
    transposed.convolution = convolution_over(output, window_of(options_));
    transposed.convolution.bias = false;
    transposed.bias = options_.use_bias;
    std::vector<graph::Value> operands = {inputs[0], parameter(to, 0)};
    if (options_.use_bias) operands.push_back(parameter(to, 1));
    return activate(to, to.graph.apply(transposed, operands), options_.activation);
  }

  Json config() const override { return written(fields, filters_, options_); }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ConvTransposeLayer>(*this); }

 private:
  // The output's length along one axis.
  int64_t length(int64_t extent, int64_t Pair::*axis) const {
    const ConvolutionWindow window = window_of(options_);
    const int64_t reach = (window.kernel_size.*axis - 1) * window.dilation_rate.*axis + 1;
    std::optional<int64_t> output_padding;
    if (options_.output_padding) output_padding = Pair(*options_.output_padding).*axis;
    const int64_t length =
        enlarged(extent, reach, window.strides.*axis, options_.padding == "same", output_padding);
    check_range("an extent of the output", length, 0);
    return length;
  }

  int64_t filters_;
  ConvTransposeOptions<Extent> options_;
};

template <class Extent>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  int64_t filters = 0;
  ConvTransposeOptions<Extent> options{.kernel_size = 1};
  FieldReader reader(config);
  fields(reader, filters, options);
  require_one_group(config);
  return std::make_shared<ConvTransposeLayer<Extent>>(filters, options);
}

}  // namespace

Layer Conv1DTranspose(int64_t filters, const Conv1DTransposeOptions& options) {
  return make_layer_of<ConvTransposeLayer<Single>>("Conv1DTranspose", options, filters, options);
}
Layer Conv2DTranspose(int64_t filters, const Conv2DTransposeOptions& options) {
  return make_layer_of<ConvTransposeLayer<Pair>>("Conv2DTranspose", options, filters, options);
}
Layer Convolution1DTranspose(int64_t filters, const Conv1DTransposeOptions& options) {
  return Conv1DTranspose(filters, options);
}
Layer Convolution2DTranspose(int64_t filters, const Conv2DTransposeOptions& options) {
  return Conv2DTranspose(filters, options);
}

std::shared_ptr<LayerBase> read_conv1d_transpose(ConfigReader& config) {
  return read<Single>(config);
}
std::shared_ptr<LayerBase> read_conv2d_transpose(ConfigReader& config) {
  return read<Pair>(config);
}

}  // namespace antler::layers
