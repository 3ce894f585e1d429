// Convolution of each channel by itself, then of the channels with each other.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// `Extent` is Single for sequences and Pair for images.
template <class Extent>
struct SeparableConvOptions {
  /// Must be given, as in Keras.
  Extent kernel_size;
  Extent strides = 1;
  /// "valid" or "same"; for sequences also "causal", which Keras 2 has and Keras 3 does not read.
  std::string padding = "valid";
  Extent dilation_rate = 1;
  /// Filters for each channel in the first of the two convolutions.
  int64_t depth_multiplier = 1;
  /// A name of keras.activations.
  std::string activation = "linear";
  bool use_bias = true;
  initializers::Initializer depthwise_initializer = "glorot_uniform";
  initializers::Initializer pointwise_initializer = "glorot_uniform";
  initializers::Initializer bias_initializer = "zeros";
  regularizers::Regularizer depthwise_regularizer = {};
  regularizers::Regularizer pointwise_regularizer = {};
  regularizers::Regularizer bias_regularizer = {};
  regularizers::Regularizer activity_regularizer = {};
  constraints::Constraint depthwise_constraint = {};
  constraints::Constraint pointwise_constraint = {};
  constraints::Constraint bias_constraint = {};
  InputShape input_shape = {};
  std::string name = {};
};
using SeparableConv1DOptions = SeparableConvOptions<Single>;
using SeparableConv2DOptions = SeparableConvOptions<Pair>;

/// A depthwise convolution without bias, then one of 1x1: Chollet 2017. (batch, height, width, channels) to
/// (batch, rows, columns, filters). Weights: depthwise_kernel (height, width, channels, depth_multiplier),
/// pointwise_kernel (1, 1, channels * depth_multiplier, filters), bias (filters). Strides and dilation may
/// both be above 1. Throws Error for settings below 1.
Layer SeparableConv2D(int64_t filters, const SeparableConv2DOptions& options);
/// The same for sequences: (batch, steps, channels) to (batch, new steps, filters). Weights: depthwise_kernel
/// (steps, channels, depth_multiplier), pointwise_kernel (1, channels * depth_multiplier, filters), bias
/// (filters).
Layer SeparableConv1D(int64_t filters, const SeparableConv1DOptions& options);

/// Keras's other names.
Layer SeparableConvolution1D(int64_t filters, const SeparableConv1DOptions& options);
Layer SeparableConvolution2D(int64_t filters, const SeparableConv2DOptions& options);

/// For the registry.
std::shared_ptr<LayerBase> read_separable_conv1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_separable_conv2d(ConfigReader& config);

}  // namespace antler::layers
