// The backward pass of a convolution.
#pragma once

#include "antler/ops/convolution_geometry.h"

namespace antler::ops {

int64_t convolution_gradients_scratch(const Convolution& op, const ConvolutionGeometry& g);

/// Convolution::backward.
void convolution_gradients(const Convolution& op, const BackwardContext& run);

}  // namespace antler::ops
