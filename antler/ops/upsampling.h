// Sequences and images enlarged by whole factors.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Enlarges images (batch, height, width, channels), or sequences (batch, steps, channels) as images of one
/// row: each pixel repeated, or interpolated between pixel centres as TensorFlow's image.resize does without
/// antialiasing. Bicubic is Keys 1981 with a = -0.5; beyond the edges there is nothing, and the weights of
/// what is there sum to 1.
struct Upsampling final : Operation {
  enum class Interpolation { nearest, bilinear, bicubic, lanczos3, lanczos5 };
  int64_t height_factor = 2;
  int64_t width_factor = 2;
  Interpolation interpolation = Interpolation::nearest;

  std::string name() const override { return "upsampling"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
