// Images made brighter and darker, flatter and harder at random.
#pragma once

#include "antler/ops/operation.h"
#include "antler/ops/random_affine.h"

namespace antler::ops {

/// Images (batch, height, width, channels), each with a number of its own, and cut to [low, high] after it.
/// What is drawn depends on (seed, stream, step) and the image's number in the batch alone.
struct RandomColor final : Operation {
  enum class Kind {
    brightness,  ///< x + number
    contrast,    ///< (x - mean) * number + mean, with each channel's mean over the image
  };
  Kind kind = Kind::brightness;
  Range number;
  float low = 0.0F;
  float high = 255.0F;
  uint64_t stream = 0;

  std::string name() const override {
    return kind == Kind::contrast ? "random contrast" : "random brightness";
  }
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
