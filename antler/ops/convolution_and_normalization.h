// What a convolution and the normalisation behind it share as one operation, whichever way it works.
#pragma once

#include "antler/ops/convolution.h"
#include "antler/ops/normalization.h"

namespace antler::ops {

/// normalization(convolution(x)). Inputs: those of the convolution, then gamma and beta, where there are
/// such; state: moving mean, moving variance.
struct ConvolutionAndNormalization : Operation {
  Convolution convolution;
  BatchNormalization normalization;

  std::string name() const final { return convolution.name() + " + " + normalization.name(); }
  Shape output_shape(std::span<const Shape> inputs) const final;
  double flops(std::span<const Shape> inputs) const final;

  /// How many of the inputs are the convolution's.
  size_t convolution_inputs() const { return convolution.bias ? 3 : 2; }
  Shape convolved_shape(std::span<const Shape> inputs) const;
};

}  // namespace antler::ops
