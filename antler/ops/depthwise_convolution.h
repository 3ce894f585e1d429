// Convolution in which each channel has a group and a filter of its own, done directly: as matrix products it
// would be products of one column.
#pragma once

#include "antler/ops/convolution_geometry.h"

namespace antler::ops {

bool is_depthwise(const Convolution& op, const ConvolutionGeometry& geometry);

/// Convolution::forward.
void depthwise_forward(const Convolution& op, const ConvolutionGeometry& geometry, const ForwardContext& run);

/// What one image `x`, whose output has the gradient `dy`, adds to the kernel's gradient.
void add_depthwise_kernel_gradient(const Convolution& op, const ConvolutionGeometry& geometry, const float* x,
                                   const float* dy, float* dkernel);

/// The gradient of one image.
void depthwise_input_gradient(const Convolution& op, const ConvolutionGeometry& geometry, const float* kernel,
                              const float* dy, float* dx);

}  // namespace antler::ops
