// Convolutions that treat each channel by itself.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct DepthwiseConv2DOptions {
  /// Must be given, as in Keras.
  Pair kernel_size;
  Pair strides = 1;
  /// "valid" or "same".
  std::string padding = "valid";
  /// Filters for each channel.
  int64_t depth_multiplier = 1;
  Pair dilation_rate = 1;
  /// A name of keras.activations.
  std::string activation = "linear";
  bool use_bias = true;
  initializers::Initializer depthwise_initializer = "glorot_uniform";
  initializers::Initializer bias_initializer = "zeros";
  InputShape input_shape = {};
  std::string name = {};
};

/// (batch, height, width, channels) to (batch, rows, columns, channels * depth_multiplier). Weights: kernel
/// (height, width, channels, depth_multiplier), bias (channels * depth_multiplier). Throws Error as Conv2D
/// does.
Layer DepthwiseConv2D(const DepthwiseConv2DOptions& options);

struct SeparableConv2DOptions {
  /// Must be given, as in Keras.
  Pair kernel_size;
  Pair strides = 1;
  /// "valid" or "same".
  std::string padding = "valid";
  Pair dilation_rate = 1;
  /// Filters for each channel in the first of the two convolutions.
  int64_t depth_multiplier = 1;
  /// A name of keras.activations.
  std::string activation = "linear";
  bool use_bias = true;
  initializers::Initializer depthwise_initializer = "glorot_uniform";
  initializers::Initializer pointwise_initializer = "glorot_uniform";
  initializers::Initializer bias_initializer = "zeros";
  InputShape input_shape = {};
  std::string name = {};
};

/// A depthwise convolution without bias, then one of 1x1: Chollet 2017. (batch, height, width, channels) to
/// (batch, rows, columns, filters). Weights: depthwise_kernel (height, width, channels, depth_multiplier),
/// pointwise_kernel (1, 1, channels * depth_multiplier, filters), bias (filters). Throws Error as Conv2D
/// does.
Layer SeparableConv2D(int64_t filters, const SeparableConv2DOptions& options);

/// For the registry.
std::shared_ptr<LayerBase> read_depthwise_conv2d(ConfigReader& config);
std::shared_ptr<LayerBase> read_separable_conv2d(ConfigReader& config);

}  // namespace antler::layers
