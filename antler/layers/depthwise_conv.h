// Convolution of each channel by itself.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/convolution_window.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

/// `Extent` is Single for sequences and Pair for images.
template <class Extent>
struct DepthwiseConvOptions {
  /// Must be given, as in Keras.
  Extent kernel_size;
  Extent strides = 1;
  /// "valid" or "same".
  std::string padding = "valid";
  /// Filters for each channel.
  int64_t depth_multiplier = 1;
  Extent dilation_rate = 1;
  /// A name of keras.activations.
  std::string activation = "linear";
  bool use_bias = true;
  initializers::Initializer depthwise_initializer = "glorot_uniform";
  initializers::Initializer bias_initializer = "zeros";
  regularizers::Regularizer depthwise_regularizer = {};
  regularizers::Regularizer bias_regularizer = {};
  regularizers::Regularizer activity_regularizer = {};
  constraints::Constraint depthwise_constraint = {};
  constraints::Constraint bias_constraint = {};
  InputShape input_shape = {};
  std::string name = {};
};
using DepthwiseConv1DOptions = DepthwiseConvOptions<Single>;
using DepthwiseConv2DOptions = DepthwiseConvOptions<Pair>;

/// (batch, height, width, channels) to (batch, rows, columns, channels * depth_multiplier). Weights: kernel
/// (height, width, channels, depth_multiplier), bias (channels * depth_multiplier). Strides and dilation may
/// both be above 1. Throws Error for settings below 1.
Layer DepthwiseConv2D(const DepthwiseConv2DOptions& options);
/// The same for sequences: (batch, steps, channels) to (batch, new steps, channels * depth_multiplier).
/// Weights: kernel (steps, channels, depth_multiplier), bias (channels * depth_multiplier).
Layer DepthwiseConv1D(const DepthwiseConv1DOptions& options);

/// For lower(): each channel of `x` convolved with a kernel (..., channels, multiplier) of its own.
graph::Value depthwise_convolution(Lowering& to, graph::Value x, graph::Value kernel,
                                   std::optional<graph::Value> bias, const ConvolutionWindow& window);
/// Reads past what Keras 2 writes for depthwise layers because they inherit from its Conv, and has no effect.
void skip_what_is_inherited(ConfigReader& config);

/// For the registry.
std::shared_ptr<LayerBase> read_depthwise_conv1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_depthwise_conv2d(ConfigReader& config);

}  // namespace antler::layers
