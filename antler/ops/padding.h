// Zeros around images and sequences.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Adds rows and columns of zeros to images (batch, height, width, channels), or to sequences (batch, steps,
/// channels) as images of one row.
struct ZeroPadding final : Operation {
  int64_t top = 0;
  int64_t bottom = 0;
  int64_t left = 0;
  int64_t right = 0;

  std::string name() const override { return "zero padding"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
