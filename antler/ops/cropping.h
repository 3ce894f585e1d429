// Rows and columns cut off images, steps cut off sequences.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Cuts rows and columns off images (batch, height, width, channels), or off sequences (batch, steps,
/// channels) as images of one row; at least one of each stays.
struct Cropping final : Operation {
  int64_t top = 0;
  int64_t bottom = 0;
  int64_t left = 0;
  int64_t right = 0;

  std::string name() const override { return "cropping"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
