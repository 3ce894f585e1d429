// Max and average pooling of images (batch, height, width, channels) and sequences (batch, steps, channels).
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// The maximum or mean over windows of one channel; a sequence is an image of one row. Elements of the
/// padding are never the maximum and do not count in the mean, as in TensorFlow. The gradient of a maximum
/// goes to the first element that attains it.
struct Pooling final : Operation {
  enum class Kind { max, average };
  Kind kind = Kind::max;
  int64_t pool_height = 2;
  int64_t pool_width = 2;
  int64_t stride_height = 2;
  int64_t stride_width = 2;
  int64_t pad_top = 0;
  int64_t pad_bottom = 0;
  int64_t pad_left = 0;
  int64_t pad_right = 0;

  std::string name() const override { return kind == Kind::max ? "max pooling" : "average pooling"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return kind == Kind::max; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
