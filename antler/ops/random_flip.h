// Images mirrored at random.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Half of the images (batch, height, width, channels) mirrored in each direction asked for, the others as
/// they are. Which depends on (seed, stream, step) and the image's number in the batch alone.
struct RandomFlip final : Operation {
  /// Left becomes right.
  bool horizontal = true;
  /// Top becomes bottom.
  bool vertical = true;
  uint64_t stream = 0;

  std::string name() const override { return "random flip"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
