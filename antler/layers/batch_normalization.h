// Batch normalisation.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct BatchNormalizationOptions {
  /// Each index of this axis has a mean and a variance of its own. The channels are the last one.
  int axis = -1;
  double momentum = 0.99;
  double epsilon = 1e-3;
  /// Whether there is a beta, to be added, and a gamma, to be multiplied with.
  bool center = true;
  bool scale = true;
  initializers::Initializer beta_initializer = "zeros";
  initializers::Initializer gamma_initializer = "ones";
  initializers::Initializer moving_mean_initializer = "zeros";
  initializers::Initializer moving_variance_initializer = "ones";
  regularizers::Regularizer beta_regularizer = {};
  regularizers::Regularizer gamma_regularizer = {};
  constraints::Constraint beta_constraint = {};
  constraints::Constraint gamma_constraint = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// gamma * (x - mean) / sqrt(variance + epsilon) + beta: Ioffe and Szegedy 2015. Training takes mean and
/// variance from the batch and moves the stored ones towards them; inference, and training while the layer is
/// frozen, takes the stored ones. Input and output: any shape, the same. Weights, each of the axis's extent:
/// gamma, beta, moving_mean, moving_variance. Throws Error for a momentum outside [0, 1] and a negative
/// epsilon.
Layer BatchNormalization(const BatchNormalizationOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_batch_normalization(ConfigReader& config);

}  // namespace antler::layers
