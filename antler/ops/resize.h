// Images at another size.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Images (batch, height, width, channels) stretched to the height and width given, between the four pixels
/// around a place or with `bilinear` false the pixel that it falls into, as TensorFlow's image.resize does.
struct Resize final : Operation {
  int64_t height = 1;
  int64_t width = 1;
  bool bilinear = true;

  std::string name() const override { return "resize"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
