// Axes in another order.
#pragma once

#include <vector>

#include "antler/ops/operation.h"

namespace antler::ops {

/// Axis i of y is axis order[i] of x. The batch axis, 0, stays where it is.
struct Permute final : Operation {
  std::vector<int> order;

  std::string name() const override { return "permute"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
