// Tensors laid side by side.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// The inputs one behind the other along `axis`; all other extents are equal.
struct Concatenation final : Operation {
  int axis = -1;

  std::string name() const override { return "concatenation"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
