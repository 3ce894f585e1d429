// Random zeros: Srivastava et al. 2014.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Each element becomes 0 with probability `rate`, else x / (1 - rate). What is dropped depends on (seed,
/// stream, step) and the element's number alone; backward() draws the same again instead of keeping a mask.
struct Dropout final : Operation {
  float rate = 0.5F;
  /// Tells the dropouts of one model apart.
  uint64_t stream = 0;

  std::string name() const override { return "dropout"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
