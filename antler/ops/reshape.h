// The same elements under another shape.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Costs nothing: input and output share memory.
struct Reshape final : Operation {
  /// Without the batch axis, all extents known.
  Shape shape;

  std::string name() const override { return "reshape"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  bool only_reshapes() const override { return true; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
