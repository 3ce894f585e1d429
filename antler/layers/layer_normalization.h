// Normalisation of each sample by itself.
#pragma once

#include <string>

#include "antler/initializers/initializer.h"
#include "antler/layers/axes.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct LayerNormalizationOptions {
  /// Mean and variance are over these axes together, and gamma and beta have their extents.
  Axes axis = -1;
  double epsilon = 1e-3;
  /// Whether there is a beta, to be added, and a gamma, to be multiplied with.
  bool center = true;
  bool scale = true;
  initializers::Initializer beta_initializer = "zeros";
  initializers::Initializer gamma_initializer = "ones";
  regularizers::Regularizer beta_regularizer = {};
  regularizers::Regularizer gamma_regularizer = {};
  constraints::Constraint beta_constraint = {};
  constraints::Constraint gamma_constraint = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// gamma * (x - mean) / sqrt(variance + epsilon) + beta: Ba, Kiros and Hinton 2016. Input and output: any
/// shape, the same. Weights: gamma, beta. Throws Error for a negative epsilon.
Layer LayerNormalization(const LayerNormalizationOptions& options = {});

struct GroupNormalizationOptions {
  /// Parts that the axis is cut into; -1 for one of each index.
  int64_t groups = 32;
  int axis = -1;
  double epsilon = 1e-3;
  bool center = true;
  bool scale = true;
  initializers::Initializer beta_initializer = "zeros";
  initializers::Initializer gamma_initializer = "ones";
  regularizers::Regularizer beta_regularizer = {};
  regularizers::Regularizer gamma_regularizer = {};
  constraints::Constraint beta_constraint = {};
  constraints::Constraint gamma_constraint = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// The same with mean and variance over all of a sample that belongs to one group of channels: Wu and He
/// 2018. Weights: gamma, beta, each of the axis's extent. Throws Error where the groups do not divide it.
Layer GroupNormalization(const GroupNormalizationOptions& options = {});

struct RMSNormalizationOptions {
  /// The last axis, or the last few.
  Axes axis = -1;
  double epsilon = 1e-6;
  InputShape input_shape = {};
  std::string name = {};
};

/// scale * x / sqrt(mean of x^2 + epsilon): Zhang and Sennrich 2019. Keras 3 alone has it. Input and output:
/// any shape, the same. Weight: scale, of the axes' extents.
Layer RMSNormalization(const RMSNormalizationOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_layer_normalization(ConfigReader& config);
std::shared_ptr<LayerBase> read_group_normalization(ConfigReader& config);
std::shared_ptr<LayerBase> read_rms_normalization(ConfigReader& config);

}  // namespace antler::layers
