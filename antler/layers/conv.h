// Convolution of sequences and images.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// `Extent` is Single for sequences and Pair for images.
template <class Extent>
struct ConvOptions {
  /// Must be given, as in Keras.
  Extent kernel_size;
  Extent strides = 1;
  /// "valid" or "same"; for sequences also "causal", where an output sees its own step and those before it.
  std::string padding = "valid";
  Extent dilation_rate = 1;
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
using Conv1DOptions = ConvOptions<Single>;
using Conv2DOptions = ConvOptions<Pair>;

/// activation(x * kernel + bias): (batch, steps, channels) to (batch, new steps, filters). Weights: kernel
/// (steps, channels / groups, filters), bias (filters). Throws Error for settings below 1, for strides and
/// dilation both above 1, as Keras does, and for filters that do not fall into `groups`.
Layer Conv1D(int64_t filters, const Conv1DOptions& options);
/// The same for images: (batch, height, width, channels) to (batch, rows, columns, filters). Weights: kernel
/// (height, width, channels / groups, filters), bias (filters).
Layer Conv2D(int64_t filters, const Conv2DOptions& options);

/// Keras's other names.
Layer Convolution1D(int64_t filters, const Conv1DOptions& options);
Layer Convolution2D(int64_t filters, const Conv2DOptions& options);

/// For the registry.
std::shared_ptr<LayerBase> read_conv1d(ConfigReader& config);
std::shared_ptr<LayerBase> read_conv2d(ConfigReader& config);

}  // namespace antler::layers
