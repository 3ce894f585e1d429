// Rectangles of images erased at random.
#pragma once

#include <vector>

#include "antler/ops/operation.h"
#include "antler/ops/random_affine.h"

namespace antler::ops {

/// Images (batch, height, width, channels) with a rectangle each replaced: Zhong et al., "Random erasing data
/// augmentation", 2017, as Keras does it. What is drawn depends on (seed, stream, step) and the image's
/// number in the batch alone.
struct RandomErasing final : Operation {
  /// Of which a probability is drawn for each image.
  Range probability{1.0F, 1.0F};
  /// The squares of the sides' shares, drawn for each side.
  Range scale{0.02F, 0.33F};
  /// What it is replaced by, one a channel; none: normal noise of the deviation `high`.
  std::vector<float> fill;
  /// To which what it is replaced by is cut.
  float low = 0.0F;
  float high = 255.0F;
  uint64_t stream = 0;

  std::string name() const override { return "random erasing"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
