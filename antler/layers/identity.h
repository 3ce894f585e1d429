// Layers that hand on what they are given.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// Nothing. Input and output: any shape, the same.
Layer Identity(const LayerOptions& options = {});

struct ActivityRegularizationOptions {
  double l1 = 0.0;
  double l2 = 0.0;
  InputShape input_shape = {};
  std::string name = {};
};

/// Adds l1 * sum |x| + l2 * sum x^2 to the loss, divided by the batch's size. Input and output: any shape,
/// the same. Throws Error for a factor that is negative or not finite.
Layer ActivityRegularization(const ActivityRegularizationOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_identity(ConfigReader& config);
std::shared_ptr<LayerBase> read_activity_regularization(ConfigReader& config);

}  // namespace antler::layers
