// Functions of each element alone: Keras's activations.
#pragma once

#include <limits>

#include "antler/ops/operation.h"

namespace antler::ops {

/// y = f(x), element by element; the names and formulas are those of keras.activations (3.15).
struct Activation final : Operation {
  enum class Function {
    celu,          ///< max(x, 0) + min(alpha * (exp(x / alpha) - 1), 0)
    elu,           ///< x > 0 ? x : alpha * (exp(x) - 1)
    exponential,   ///< exp(x)
    gelu,          ///< x * (1 + erf(x / sqrt 2)) / 2
    gelu_tanh,     ///< its approximation by tanh: keras.activations.gelu(x, approximate=True)
    hard_shrink,   ///< |x| > alpha ? x : 0
    hard_sigmoid,  ///< clip(alpha * x + 1/2, 0, 1): alpha 1/6 in Keras 3, 0.2 in Keras 2
    hard_silu,     ///< x * hard_sigmoid(x), alpha 1/6
    hard_tanh,     ///< clip(x, -1, 1)
    linear,        ///< x
    log_sigmoid,   ///< -log(1 + exp(-x))
    mish,          ///< x * tanh(softplus(x))
    /// x > threshold: min(x, max_value); else alpha * (x - threshold). With a finite max_value, x of a
    /// negative threshold's interval (threshold, 0) gives 0, as in keras.activations.relu.
    relu,
    selu,            ///< 1.05070098 * elu(x), alpha 1.67326324: Klambauer et al. 2017
    sigmoid,         ///< 1 / (1 + exp(-x))
    silu,            ///< x * sigmoid(x), also called swish
    soft_shrink,     ///< x > alpha: x - alpha; x < -alpha: x + alpha; else 0
    softplus,        ///< log(1 + exp(x))
    softsign,        ///< x / (1 + |x|)
    sparse_plus,     ///< x >= 1: x; x <= -1: 0; else (x + 1)^2 / 4
    sparse_sigmoid,  ///< clip((x + 1) / 2, 0, 1)
    squareplus,      ///< (x + sqrt(x^2 + alpha)) / 2
    tanh,
    tanh_shrink,  ///< x - tanh(x)
    threshold,    ///< x > threshold ? x : alpha
  };
  Function function = Function::linear;
  float alpha = 0.0F;
  /// Of relu and threshold alone.
  float threshold = 0.0F;
  /// Of relu alone.
  float max_value = std::numeric_limits<float>::infinity();

  /// max(x, 0), which convolution and dense can do on the way.
  bool is_plain_relu() const;

  std::string name() const override;
  Shape output_shape(std::span<const Shape> inputs) const override;
  bool backward_reads_input(size_t index) const override;
  bool backward_reads_output() const override;
  bool only_reshapes() const override { return function == Function::linear; }
  void forward(const ForwardContext& run) const override;
  void backward(const BackwardContext& run) const override;
};

}  // namespace antler::ops
