// The backward pass of a convolution.
#pragma once

#include "antler/ops/convolution_geometry.h"

namespace antler::ops {

int64_t convolution_gradients_scratch(const Convolution& op, const ConvolutionGeometry& g);

/// Convolution::backward.
void convolution_gradients(const Convolution& op, const BackwardContext& run);

/// Adds up what the threads found, each at `stride` floats from the one before, always in the same order.
void sum_of_threads(const float* parts, int64_t stride, std::span<float> sum);

}  // namespace antler::ops
