// Scalar products of what two layers give.
#pragma once

#include <string>

#include "antler/layers/axes.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

struct DotOptions {
  /// Whether both are scaled to the length of 1 along their axes first, which gives the cosine.
  bool normalize = false;
  InputShape input_shape = {};
  std::string name = {};
};

/// For each sample the products of its vectors along axis `axes` of the one input with those of the other:
/// `Dot(1)({a, b})`, or `Dot({2, 1})({a, b})` for an axis of each. Inputs: (batch, ...), two, of rank 2 or
/// more. Output: the axes that are left of the first, then those of the second; (batch, 1) where none are.
/// Throws Error unless the two axes are of one extent.
Layer Dot(const Axes& axes, const DotOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_dot(ConfigReader& config);

}  // namespace antler::layers
