// Normalisation of each sample by itself: Ba, Kiros and Hinton 2016; Wu and He 2018.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = (x - mean) / sqrt(variance + epsilon), then * gamma + beta. x is seen as (outer, groups, inner,
/// channels): `outer` are the extents before `axis`; mean and variance are over one group of what follows,
/// the last extent being cut into `groups` parts. Inputs: x, with `scale` gamma, with `center` beta, each of
/// the extents from `parameters_axis` on.
struct LayerNormalization final : Operation {
  /// First axis that is averaged over; with `groups`, 1.
  int axis = -1;
  /// 1: layer normalisation. More: group normalisation, of channels in the last axis.
  int64_t groups = 1;
  /// First axis that gamma and beta have.
  int parameters_axis = -1;
  float epsilon = 1e-3F;
  bool scale = true;
  bool center = true;
  /// x / sqrt(mean of squares + epsilon) instead: Keras's RMSNormalization.
  bool only_scales = false;

  std::string name() const override { return groups > 1 ? "group normalization" : "layer normalization"; }
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override { return index == 0 || (scale && index == 1); }
  int64_t saved_floats(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
