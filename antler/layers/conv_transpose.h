// Convolution turned around.
#pragma once

#include <optional>
#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// `Extent` is Single for sequences and Pair for images.
template <class Extent>
struct ConvTransposeOptions {
  /// Must be given, as in Keras.
  Extent kernel_size;
  Extent strides = 1;
  /// "valid" or "same".
  std::string padding = "valid";
  /// How much longer than (extent - 1) * strides + kernel the output is, less than the strides; with "same"
  /// than (extent - 1) * strides + kernel % 2. Where not given, the output is as said at Conv2DTranspose. For
  /// two different numbers write Pair(1, 0).
  std::optional<Extent> output_padding = {};
  Extent dilation_rate = 1;
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
using Conv1DTransposeOptions = ConvTransposeOptions<Single>;
using Conv2DTransposeOptions = ConvTransposeOptions<Pair>;

/// (batch, height, width, channels) to (batch, rows, columns, filters), where a convolution with these
/// settings would lead back: "same" multiplies the extents by the strides, "valid" also adds what of the
/// kernel reaches over them. Weights: kernel (height, width, filters, channels), bias (filters). Throws Error
/// for settings below 1, and for strides and dilation both above 1, as Keras does.
Layer Conv2DTranspose(int64_t filters, const Conv2DTransposeOptions& options);
/// The same for sequences: (batch, steps, channels) to (batch, new steps, filters). Weights: kernel (steps,
/// filters, channels), bias (filters).
Layer Conv1DTranspose(int64_t filters, const Conv1DTransposeOptions& options);

/// Keras's other names.
Layer Convolution1DTranspose(int64_t filters, const Conv1DTransposeOptions& options);
Layer Convolution2DTranspose(int64_t filters, const Conv2DTransposeOptions& options);

/// For the registry.
std::shared_ptr<LayerBase> read_conv1d_transpose(ConfigReader& config);
std::shared_ptr<LayerBase> read_conv2d_transpose(ConfigReader& config);

}  // namespace antler::layers
