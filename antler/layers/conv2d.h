// Convolution of images.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct Conv2DOptions {
  /// Must be given, as in Keras.
  Pair kernel_size;
  Pair strides = 1;
  /// "valid" or "same".
  std::string padding = "valid";
  Pair dilation_rate = 1;
  int64_t groups = 1;
  /// A name of keras.activations.
  std::string activation = "linear";
  bool use_bias = true;
  initializers::Initializer kernel_initializer = "glorot_uniform";
  initializers::Initializer bias_initializer = "zeros";
  regularizers::Regularizer kernel_regularizer = {};
  regularizers::Regularizer bias_regularizer = {};
  regularizers::Regularizer activity_regularizer = {};
  constraints::Constraint kernel_constraint = {};
  constraints::Constraint bias_constraint = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// activation(x * kernel + bias): (batch, height, width, channels) to (batch, rows, columns, filters).
/// Weights: kernel (height, width, channels / groups, filters), bias (filters). Throws Error for settings
/// below 1, for strides and dilation both above 1, as Keras does, and for filters that do not fall into
/// `groups`.
Layer Conv2D(int64_t filters, const Conv2DOptions& options);

/// For the registry.
std::shared_ptr<LayerBase> read_conv2d(ConfigReader& config);

}  // namespace antler::layers
