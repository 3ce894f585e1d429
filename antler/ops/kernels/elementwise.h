// The loops of activations that have a fast form, for the processor at hand. Each runs on the calling thread
// alone.
#pragma once

#include <cstdint>
#include <limits>

namespace antler::ops::kernels {

/// A function of one number, and its parameters where it has some: see Activation.
struct Curve {
  enum class Kind { bounded_relu, elu, exponential, relu, selu, sigmoid, silu, softplus, tanh };
  Kind kind;
  /// Of elu and bounded_relu: the factor of the negative part.
  float alpha = 0.0F;
  /// Of bounded_relu, as in keras.activations.relu.
  float threshold = 0.0F;
  float max_value = std::numeric_limits<float>::infinity();
};

/// True where apply_gradient() wants y rather than x.
bool slope_follows_from_output(Curve::Kind kind);

/// y = f(x); NaN gives NaN.
void apply(const Curve& curve, const float* x, int64_t count, float* y);

/// dx = dy * f'(x), from x or, where slope_follows_from_output(), from y.
void apply_gradient(const Curve& curve, const float* x_or_y, const float* dy, int64_t count, float* dx);

}  // namespace antler::ops::kernels
