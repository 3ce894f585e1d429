// Noise in training: each does nothing in inference. Input and output: any shape, the same.
#pragma once

#include "antler/layers/dropout.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// x + normal(0, stddev). Throws Error unless 0 <= stddev <= 1.
Layer GaussianNoise(double stddev, const RandomOptions& options = {});
/// x * normal(1, sqrt(rate / (1 - rate))): Srivastava et al. 2014. Throws Error unless 0 <= rate < 1.
Layer GaussianDropout(double rate, const RandomOptions& options = {});
/// Dropout to selu's lower limit, scaled and shifted so that mean and variance stay: Klambauer et al. 2017.
/// Throws Error unless 0 <= rate < 1.
Layer AlphaDropout(double rate, const DropoutOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_gaussian_noise(ConfigReader& config);
std::shared_ptr<LayerBase> read_gaussian_dropout(ConfigReader& config);
std::shared_ptr<LayerBase> read_alpha_dropout(ConfigReader& config);

}  // namespace antler::layers
