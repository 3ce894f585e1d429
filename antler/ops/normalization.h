// Batch normalisation: Ioffe and Szegedy 2015, as Keras computes it.
#pragma once

#include <optional>

#include "antler/ops/operation.h"
#include "antler/ops/pooling.h"

namespace antler::ops {

/// y = gamma * (x - mean) / sqrt(variance + epsilon) + beta, one mean and variance for each index of `axis`:
/// over the batch in training (the biased variance), moving ones in inference. Training also renews the
/// moving ones: moving = momentum * moving + (1 - momentum) * batch. Inputs: x, with `scale` gamma, with
/// `center` beta; state: moving mean, moving variance; all but x of the axis's extent.
struct BatchNormalization final : Operation {
  int axis = -1;
  float epsilon = 1e-3F;
  float momentum = 0.99F;
  bool scale = true;
  bool center = true;
  bool training = false;
  /// Moves the moving variance towards the unbiased variance of the batch, as Keras 2's fused kernel does.
  bool unbiased_moving_variance = false;
  /// Negative results become 0.
  bool relu = false;
  /// x is what a relu left, and backward() gives the gradient before that relu, 0 where x is 0: x is at hand
  /// here, and the operation that made it need not read it again.
  bool of_relu = false;
  /// Max pooling of y in the same pass, so that y itself is never stored.
  std::optional<Pooling> pooling;

  std::string name() const override;
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override;
  int64_t saved_floats(std::span<const Shape> inputs) const override;
  int64_t scratch_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
