// Elements scaled and shifted by numbers that are not learned.
#pragma once

#include <vector>

#include "antler/ops/operation.h"

namespace antler::ops {

/// Inputs x, a, b; a and b have the extents of the given axes of x, in their order, and are repeated along
/// the others. Only x has a gradient.
struct Affine final : Operation {
  enum class Kind {
    rescale,      ///< x * a + b
    standardize,  ///< (x - a) / max(sqrt(b), 1e-7)
    restore,      ///< x * max(sqrt(b), 1e-7) + a
  };
  Kind kind = Kind::rescale;
  /// Ascending. None: one a and one b for all.
  std::vector<int> axes;

  std::string name() const override { return "affine"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override { return index > 0; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
