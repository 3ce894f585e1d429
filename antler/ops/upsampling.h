// Images enlarged by whole factors.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Enlarges images (batch, height, width, channels): each pixel repeated, or with `bilinear` interpolated
/// between pixel centres, as TensorFlow's image.resize does.
struct Upsampling final : Operation {
  int64_t height_factor = 2;
  int64_t width_factor = 2;
  bool bilinear = false;

  std::string name() const override { return "upsampling"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
