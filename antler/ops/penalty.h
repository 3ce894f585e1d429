// What regularizers add to a loss: one number from a tensor.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// scale * (l1 * sum |x| + l2 * sum x^2), of shape (1). Input: any shape.
struct NormPenalty final : Operation {
  float l1 = 0.0F;
  float l2 = 0.0F;
  float scale = 1.0F;

  std::string name() const override { return "norm penalty"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

/// factor * mean |cosine| of the pairs of rows of a matrix (rows, columns), or of its columns; of shape (1).
/// The same as Keras's OrthogonalRegularizer. Throws Error for anything but a matrix.
struct OrthogonalPenalty final : Operation {
  float factor = 0.01F;
  bool of_rows = true;

  std::string name() const override { return "orthogonal penalty"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
