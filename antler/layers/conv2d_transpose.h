// Convolution turned around.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct Conv2DTransposeOptions {
  /// Must be given, as in Keras.
  Pair kernel_size;
  Pair strides = 1;
  /// "valid" or "same".
  std::string padding = "valid";
  Pair dilation_rate = 1;
  /// A name of keras.activations.
  std::string activation = "linear";
  bool use_bias = true;
  initializers::Initializer kernel_initializer = "glorot_uniform";
  initializers::Initializer bias_initializer = "zeros";
  InputShape input_shape = {};
  std::string name = {};
};

/// (batch, height, width, channels) to (batch, rows, columns, filters), where a convolution with these
/// settings would lead back: "same" multiplies the extents by the strides, "valid" also adds what of the
/// kernel reaches over them. Weights: kernel (height, width, filters, channels), bias (filters). Throws Error
/// for settings below 1.
Layer Conv2DTranspose(int64_t filters, const Conv2DTransposeOptions& options);

/// For the registry.
std::shared_ptr<LayerBase> read_conv2d_transpose(ConfigReader& config);

}  // namespace antler::layers
