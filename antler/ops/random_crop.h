// A window of images, at a random place.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// The same window (height, width) of all images (batch, height, width, channels), which are as large at
/// least. Where it lies depends on (seed, stream, step) alone.
struct RandomCrop final : Operation {
  int64_t height = 1;
  int64_t width = 1;
  uint64_t stream = 0;

  std::string name() const override { return "random crop"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
