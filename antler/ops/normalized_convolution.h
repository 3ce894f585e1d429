// A convolution with the normalisation behind it, for inference.
#pragma once

#include "antler/ops/convolution_and_normalization.h"

namespace antler::ops {

/// normalization(convolution(x)), with moving statistics and along any axis but the batch's, some images at a
/// time: what is between the two, often the largest of all values, never leaves the cache. Inputs: those of
/// the convolution, then gamma and beta, where there are such; state: moving mean, moving variance.
struct NormalizedConvolution final : ConvolutionAndNormalization {
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  int64_t prepared_floats(std::span<const Shape> inputs) const override;
  void prepare(std::span<const ConstView> inputs, std::span<float> prepared) const override;
  void forward(const ForwardContext& run) const override;
  /// There is none: throws Error.
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
