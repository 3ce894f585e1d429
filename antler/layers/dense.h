// A fully connected layer.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct DenseOptions {
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

/// activation(x kernel + bias) over the last axis: (batch, ..., features) to (batch, ..., units). Weights:
/// kernel (features, units), bias (units). Throws Error for fewer units than 1 and an activation that is not
/// known.
Layer Dense(int64_t units, const DenseOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_dense(ConfigReader& config);

}  // namespace antler::layers
