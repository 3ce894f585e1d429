// A convolution with the normalisation and the max pooling behind it, for training.
#pragma once

#include "antler/ops/convolution_and_normalization.h"

namespace antler::ops {

/// pooling(normalization(convolution(x))), with the batch's statistics along the channels, some rows of an
/// image at a time. What is between, in a first layer the largest of all values, is never stored: for the
/// gradients it is convolved once more, while it is in the first-level cache. The
/// normalisation has its pooling, and `of_relu` where the convolution has one. x has no gradient.
struct PooledConvolution final : ConvolutionAndNormalization {
  /// Whether x and the kernel are such that convolving once more costs less than storing and reading.
  static bool serves(const Convolution& convolution, const Shape& x, const Shape& kernel);

  bool backward_reads_input(size_t /*index*/) const override { return true; }
  int64_t saved_floats(std::span<const Shape> inputs) const override;
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
