// A leaky relu that learns its slopes.
#pragma once

#include <string>
#include <vector>

#include "antler/initializers/initializer.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct PReLUOptions {
  initializers::Initializer alpha_initializer = "zeros";
  regularizers::Regularizer alpha_regularizer = {};
  constraints::Constraint alpha_constraint = {};
  /// Axes along which one slope serves all, counted with the batch as axis 0: {1, 2} for one slope a channel.
  std::vector<int> shared_axes = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// x for x >= 0, else alpha * x: He et al. 2015. Input and output: any shape, the same. Weight: alpha, of the
/// input's shape without the batch, 1 along shared axes. Throws Error for a shared axis below 1.
Layer PReLU(const PReLUOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_prelu(ConfigReader& config);

}  // namespace antler::layers
