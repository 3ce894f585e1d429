// Activations without a kernel of their own: one number at a time, in double precision.
#pragma once

#include "antler/ops/activation.h"

namespace antler::ops {

/// f(x) and f'(x) for the given Activation::alpha and threshold. At kinks f' is what TensorFlow's gradient of
/// Keras's formula gives.
struct ActivationFormula {
  using Of = double (*)(double x, double alpha, double threshold);
  Of value = nullptr;
  Of slope = nullptr;
};

/// Both null for functions that have a kernel (kernels/elementwise.h), and for linear.
ActivationFormula activation_formula(Activation::Function function);

}  // namespace antler::ops
