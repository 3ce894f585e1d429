#include "antler/ops/activation_formulas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace antler::ops {
namespace {

double sigmoid(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}
double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}
double square(double x) {
  return x * x;
}

// The normal distribution.
double density(double x) {
  return std::exp(-x * x / 2.0) / std::sqrt(2.0 * std::numbers::pi);
}
double probability_below(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2.0;
}

// gelu_tanh is x * (1 + tanh(cubic(x))) / 2.
constexpr double cubic_term = 0.044715;
double cubic(double x) {
  return std::sqrt(2.0 / std::numbers::pi) * (x + cubic_term * x * x * x);
}
double cubic_slope(double x) {
  return std::sqrt(2.0 / std::numbers::pi) * (1.0 + 3.0 * cubic_term * x * x);
}

double hard_sigmoid(double x, double alpha) {
  return std::clamp(alpha * x + 0.5, 0.0, 1.0);
}
double hard_sigmoid_slope(double x, double alpha) {
  const double y = hard_sigmoid(x, alpha);
  return y > 0.0 && y < 1.0 ? alpha : 0.0;
}

// The parameters that a formula does not use have no names.
constexpr ActivationFormula celu{[](double x, double alpha, double) {
                                   return std::max(x, 0.0) + alpha * std::expm1(std::min(x, 0.0) / alpha);
                                 },
                                 [](double x, double alpha, double) {
                                   return (x >= 0.0 ? 1.0 : 0.0) +
                                          (x <= 0.0 ? std::exp(x / alpha) : 0.0);  // 2 at 0
                                 }};

constexpr ActivationFormula gelu{
    [](double x, double, double) { return x * probability_below(x); },
    [](double x, double, double) { return probability_below(x) + x * density(x); }};

constexpr ActivationFormula gelu_tanh{
    [](double x, double, double) { return x * (1.0 + std::tanh(cubic(x))) / 2.0; },
    [](double x, double, double) {
      const double t = std::tanh(cubic(x));
      return (1.0 + t + x * (1.0 - t * t) * cubic_slope(x)) / 2.0;
    }};

constexpr ActivationFormula hard_shrink{
    [](double x, double alpha, double) { return std::abs(x) <= alpha ? 0.0 : x; },
    [](double x, double alpha, double) { return std::abs(x) <= alpha ? 0.0 : 1.0; }};

constexpr ActivationFormula hard_sigmoid_formula{
    [](double x, double alpha, double) { return hard_sigmoid(x, alpha); },
    [](double x, double alpha, double) { return hard_sigmoid_slope(x, alpha); }};

constexpr double sixth = 1.0 / 6.0;
constexpr ActivationFormula hard_silu{
    [](double x, double, double) { return x * hard_sigmoid(x, sixth); },
    [](double x, double, double) { return hard_sigmoid(x, sixth) + x * hard_sigmoid_slope(x, sixth); }};

constexpr ActivationFormula hard_tanh{
    [](double x, double, double) { return std::clamp(x, -1.0, 1.0); },
    [](double x, double, double) { return std::abs(x) <= 1.0 ? 1.0 : 0.0; }};

constexpr ActivationFormula log_sigmoid{[](double x, double, double) { return -softplus(-x); },
                                        [](double x, double, double) { return sigmoid(-x); }};

constexpr ActivationFormula mish{[](double x, double, double) { return x * std::tanh(softplus(x)); },
                                 [](double x, double, double) {
                                   const double t = std::tanh(softplus(x));
                                   return t + x * (1.0 - t * t) * sigmoid(x);
                                 }};

constexpr ActivationFormula soft_shrink{
    [](double x, double alpha, double) { return std::abs(x) <= alpha ? 0.0 : x - std::copysign(alpha, x); },
    [](double x, double alpha, double) { return std::abs(x) <= alpha ? 0.0 : 1.0; }};

constexpr ActivationFormula softsign{
    [](double x, double, double) { return x / (1.0 + std::abs(x)); },
    [](double x, double, double) { return 1.0 / square(1.0 + std::abs(x)); }};

constexpr ActivationFormula sparse_plus{
    [](double x, double, double) { return x >= 1.0 ? x : square(std::max(x + 1.0, 0.0)) / 4.0; },
    [](double x, double, double) { return x >= 1.0 ? 1.0 : std::max(x + 1.0, 0.0) / 2.0; }};

constexpr ActivationFormula sparse_sigmoid{
    [](double x, double, double) { return std::clamp((x + 1.0) / 2.0, 0.0, 1.0); },
    [](double x, double, double) { return std::abs(x) < 1.0 ? 0.5 : 0.0; }};

constexpr ActivationFormula squareplus{
    [](double x, double alpha, double) { return (x + std::sqrt(x * x + alpha)) / 2.0; },
    [](double x, double alpha, double) { return (1.0 + x / std::sqrt(x * x + alpha)) / 2.0; }};

constexpr ActivationFormula tanh_shrink{[](double x, double, double) { return x - std::tanh(x); },
                                        [](double x, double, double) { return square(std::tanh(x)); }};

constexpr ActivationFormula threshold_formula{
    [](double x, double alpha, double threshold) { return x > threshold ? x : alpha; },
    [](double x, double, double threshold) { return x > threshold ? 1.0 : 0.0; }};

}  // namespace

ActivationFormula activation_formula(Activation::Function function) {
  using Function = Activation::Function;
  switch (function) {
    case Function::celu:
      return celu;
    case Function::gelu:
      return gelu;
    case Function::gelu_tanh:
      return gelu_tanh;
    case Function::hard_shrink:
      return hard_shrink;
    case Function::hard_sigmoid:
      return hard_sigmoid_formula;
    case Function::hard_silu:
      return hard_silu;
    case Function::hard_tanh:
      return hard_tanh;
    case Function::log_sigmoid:
      return log_sigmoid;
    case Function::mish:
      return mish;
    case Function::soft_shrink:
      return soft_shrink;
    case Function::softsign:
      return softsign;
    case Function::sparse_plus:
      return sparse_plus;
    case Function::sparse_sigmoid:
      return sparse_sigmoid;
    case Function::squareplus:
      return squareplus;
    case Function::tanh_shrink:
      return tanh_shrink;
    case Function::threshold:
      return threshold_formula;
    default:
      return {};
  }
}

}  // namespace antler::ops
