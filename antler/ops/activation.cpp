#include "antler/ops/activation.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "antler/ops/activation_formulas.h"
#include "antler/ops/kernels/elementwise.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

using Function = Activation::Function;
using kernels::Curve;

// In the order of Activation::Function.
constexpr std::array<std::string_view, 25> names{
    "celu",       "elu",       "exponential", "gelu",        "gelu_tanh", "hard_shrink", "hard_sigmoid",
    "hard_silu",  "hard_tanh", "linear",      "log_sigmoid", "mish",      "relu",        "selu",
    "sigmoid",    "silu",      "soft_shrink", "softplus",    "softsign",  "sparse_plus", "sparse_sigmoid",
    "squareplus", "tanh",      "tanh_shrink", "threshold"};
static_assert(names[static_cast<size_t>(Function::relu)] == "relu");
static_assert(names[static_cast<size_t>(Function::threshold)] == "threshold");

// The kernel that computes an activation; nothing where it has only a formula, or is linear.
std::optional<Curve> curve_of(const Activation& op) {
  using Kind = Curve::Kind;
  switch (op.function) {
    case Function::elu:
      return Curve{.kind = Kind::elu, .alpha = op.alpha};
    case Function::exponential:
      return Curve{.kind = Kind::exponential};
    case Function::relu:
      if (op.is_plain_relu()) return Curve{.kind = Kind::relu};
      return Curve{.kind = Kind::bounded_relu,
                   .alpha = op.alpha,
                   .threshold = op.threshold,
                   .max_value = op.max_value};
    case Function::selu:
      return Curve{.kind = Kind::selu};
    case Function::sigmoid:
      return Curve{.kind = Kind::sigmoid};
    case Function::silu:
      return Curve{.kind = Kind::silu};
    case Function::softplus:
      return Curve{.kind = Kind::softplus};
    case Function::tanh:
      return Curve{.kind = Kind::tanh};
    default:
      return std::nullopt;
  }
}

}  // namespace

bool Activation::is_plain_relu() const {
  return function == Function::relu && alpha == 0.0F && threshold == 0.0F &&
         max_value == std::numeric_limits<float>::infinity();
}

std::string Activation::name() const {
  return std::string(names[static_cast<size_t>(function)]);
}

Shape Activation::output_shape(std::span<const Shape> inputs) const {
  return inputs[0];
}

bool Activation::backward_reads_input(size_t /*index*/) const {
  return function != Function::linear && !backward_reads_output();
}

bool Activation::backward_reads_output() const {
  const std::optional<Curve> curve = curve_of(*this);
  return curve && kernels::slope_follows_from_output(curve->kind);
}

void Activation::forward(const ForwardContext& run) const {
  const float* x = run.inputs[0].data;
  float* y = run.output.data;
  const std::optional<Curve> curve = curve_of(*this);
  const ActivationFormula formula = activation_formula(function);
  spread(run.output.size(), 1, [&](int64_t begin, int64_t end, int /*thread*/) {
    if (curve) {
      kernels::apply(*curve, x + begin, end - begin, y + begin);
    } else if (formula.value != nullptr) {
      for (int64_t i = begin; i < end; ++i) {
        y[i] = static_cast<float>(formula.value(double{x[i]}, double{alpha}, double{threshold}));
      }
    } else {
      std::copy(x + begin, x + end, y + begin);
    }
  });
}

void Activation::backward(const BackwardContext& run) const {
  float* dx = run.input_gradients[0].data;
  if (dx == nullptr) return;
  const float* dy = run.output_gradient.data;
  const float* at = backward_reads_output() ? run.output.data : run.inputs[0].data;
  const std::optional<Curve> curve = curve_of(*this);
  const ActivationFormula formula = activation_formula(function);
  spread(run.output_gradient.size(), 1, [&](int64_t begin, int64_t end, int /*thread*/) {
    if (curve) {
      kernels::apply_gradient(*curve, at + begin, dy + begin, end - begin, dx + begin);
    } else if (formula.slope != nullptr) {
      for (int64_t i = begin; i < end; ++i) {
        const double slope = formula.slope(double{at[i]}, double{alpha}, double{threshold});
        dx[i] = static_cast<float>(double{dy[i]} * slope);
      }
    } else {
      std::copy(dy + begin, dy + end, dx + begin);
    }
  });
}

}  // namespace antler::ops
