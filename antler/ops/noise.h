// Noise that keeps a network from relying on single numbers.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = a * x + b, with an a and a b drawn for each element of the noise. They depend on (seed, stream, step)
/// and the element's number alone; backward() draws the same again.
struct Noise final : Operation {
  enum class Kind {
    drop,               ///< 0 with probability `amount`, else x / (1 - amount): dropout
    drop_alpha,         ///< selu's lower limit with probability `amount`, then what keeps mean and variance
    add_gaussian,       ///< x + normal(0, amount)
    multiply_gaussian,  ///< x * normal(1, amount)
  };
  Kind kind = Kind::drop;
  /// A probability below 1, or a standard deviation.
  float amount = 0.5F;
  /// The noise's extents: 1 where it is repeated along x, unknown for those of x. Of rank 0: those of x.
  Shape shape;
  uint64_t stream = 0;

  std::string name() const override { return "noise"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
