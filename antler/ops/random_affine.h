// Images rotated, shifted, zoomed and sheared at random.
#pragma once

#include "antler/ops/operation.h"
#include "antler/ops/sampling.h"

namespace antler::ops {

/// What numbers are drawn between; equal ones are drawn as they are.
struct Range {
  float low = 0.0F;
  float high = 0.0F;
  float at(float share) const { return low + (high - low) * share; }
};

/// Images (batch, height, width, channels), each looked at through a map of its own: the pixel (x, y) of the
/// output shows the input at (a0 x + a1 y + a2, b0 x + b1 y + b2), as TensorFlow's ImageProjectiveTransformV3
/// does. What is drawn depends on (seed, stream, step) and the image's number in the batch alone.
struct RandomAffine final : Operation {
  enum class Kind {
    rotation,     ///< by `vertical` turns about the image's middle; more than 0 turns counter-clockwise
    translation,  ///< by shares of the height and width, down and to the right
    zoom,         ///< about the middle, by 1 + a share: more than 1 shows more
    shear,        ///< x + horizontal * y, y + vertical * x; both with the same sign, + or - by chance
  };
  Kind kind = Kind::rotation;
  Range vertical;
  Range horizontal;
  /// Of zoom: the vertical share serves for both.
  bool keeps_aspect = false;
  Sampling sampling;
  uint64_t stream = 0;

  std::string name() const override { return "random affine map"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t /*index*/) const override { return false; }
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
