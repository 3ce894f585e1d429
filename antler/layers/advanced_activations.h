// Activations with a setting: LeakyReLU, ELU, ReLU, ThresholdedReLU. Input and output: any shape, the same.
#pragma once

#include <optional>
#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// x for x >= 0, else negative_slope * x. Keras 2 calls the slope alpha. Throws Error for a negative slope.
Layer LeakyReLU(double negative_slope = 0.3, const LayerOptions& options = {});
/// x for x >= 0, else alpha * (exp(x) - 1): Clevert et al. 2015.
Layer ELU(double alpha = 1.0, const LayerOptions& options = {});
/// x for x > theta, else 0: Konda et al. 2014. Keras 2 alone has it; Keras 3 is given ReLU with a threshold.
/// Throws Error for a negative theta.
Layer ThresholdedReLU(double theta = 1.0, const LayerOptions& options = {});

struct ReLUOptions {
  /// No limit where not set.
  std::optional<double> max_value = {};
  double negative_slope = 0.0;
  double threshold = 0.0;
  InputShape input_shape = {};
  std::string name = {};
};
/// max_value for x >= max_value, x above the threshold, else negative_slope * (x - threshold). Throws Error
/// for a negative setting.
Layer ReLU(const ReLUOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_leaky_relu(ConfigReader& config);
std::shared_ptr<LayerBase> read_elu(ConfigReader& config);
std::shared_ptr<LayerBase> read_thresholded_relu(ConfigReader& config);
std::shared_ptr<LayerBase> read_relu(ConfigReader& config);

}  // namespace antler::layers
