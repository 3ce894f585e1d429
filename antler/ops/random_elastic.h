// Images distorted elastically at random.
#pragma once

#include "antler/ops/operation.h"
#include "antler/ops/random_affine.h"

namespace antler::ops {

/// Images (batch, height, width, channels) whose pixels are moved by smooth noise, each image by its own:
/// Simard, Steinkraus, Platt, "Best practices for convolutional neural networks", 2003, as Keras does it.
/// With a number d drawn for the batch, noise of the deviation sigma = d / 20 of the shorter side is smoothed
/// by a Gaussian of sigma pixels, cut off at 3 floor(sigma), and taken times d / 10 of the longer side. What
/// is drawn depends on (seed, stream, step) and the image's number in the batch alone.
struct RandomElastic final : Operation {
  /// Of which a probability is drawn for each image.
  Range probability{1.0F, 1.0F};
  /// Of which d is drawn.
  Range scale{0.0F, 1.0F};
  Sampling sampling;
  uint64_t stream = 0;

  std::string name() const override { return "random elastic transform"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
