// Several tensors combined element by element: Keras's merging layers.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = x0 o x1 o x2 ..., of any number of inputs of one rank; an extent of 1 is repeated as far as the others
/// reach, as in NumPy. Where two inputs of a maximum or minimum are equal, the first gets the gradient, as in
/// TensorFlow.
struct Combine final : Operation {
  enum class Kind { sum, difference, product, mean, maximum, minimum };
  Kind kind = Kind::sum;
  /// Negative results become 0.
  bool relu = false;

  std::string name() const override;
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override;
  bool backward_reads_output() const override { return relu; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
