// Losses that compare targets and predictions element by element.
#pragma once

#include "antler/ops/operation.h"

namespace antler::ops {

/// Targets t and predictions p, (batch, ..., columns) both, become (batch, ...): the mean of f(t, p) over the
/// last axis, with Keras's formulas (3.15). Targets get no gradient. NaN goes through.
struct PointwiseLoss final : Operation {
  enum class Function {
    absolute_error,             ///< |t - p|
    absolute_percentage_error,  ///< 100 * |t - p| / max(|t|, 1e-7)
    binary_crossentropy,        ///< -(t log p + (1 - t) log(1 - p)), p clipped to [1e-7, 1 - 1e-7]
    binary_focal,               ///< w m^gamma binary_crossentropy; m = t (1 - p) + (1 - t) p, w: see below
    hinge,                      ///< max(1 - t p, 0); t in {-1, 1}, or in {0, 1}, which is translated
    huber,                      ///< |p - t| <= delta: (p - t)^2 / 2; else delta |p - t| - delta^2 / 2
    kl_divergence,              ///< t log(t / p), both clipped to [1e-7, 1]; summed, not averaged
    log_cosh,                   ///< log(cosh(p - t))
    poisson,                    ///< p - t log(p + 1e-7)
    sigmoid_crossentropy,       ///< binary crossentropy of sigmoid(p)
    sigmoid_focal,              ///< binary focal crossentropy of sigmoid(p)
    squared_error,              ///< (t - p)^2
    squared_hinge,              ///< the square of hinge
    squared_logarithmic_error,  ///< (log(t + 1) - log(p + 1))^2, both at least 1e-7
  };
  Function function = Function::squared_error;
  /// Of huber alone.
  float delta = 1.0F;
  /// Of the focal losses alone: how little an element counts that is predicted well, and, where classes are
  /// balanced, what ones count against zeros: w = t alpha + (1 - t) (1 - alpha); otherwise w = 1.
  float gamma = 2.0F;
  float alpha = 0.25F;
  bool apply_class_balancing = false;
  /// Of the crossentropies alone: t becomes t * (1 - label_smoothing) + label_smoothing / 2.
  double label_smoothing = 0.0;

  std::string name() const override;
  Shape output_shape(std::span<const Shape> inputs) const override;
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
