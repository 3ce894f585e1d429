#include "antler/data/beta.h"

#include <cmath>
#include <numbers>

namespace antler {
namespace {

// Above 0, so that it has a logarithm.
double positive(Draws& draws) {
  return 1.0 - double{draws.uniform()};
}

double normal(Draws& draws) {
  const double radius = std::sqrt(-2.0 * std::log(positive(draws)));
  return radius * std::cos(2.0 * std::numbers::pi * double{draws.uniform()});
}

// The logarithm of a number of the distribution Gamma(shape, 1) for a shape of 1 or more (Marsaglia, Tsang:
// "A simple method for generating gamma variables", 2000).
double log_gamma_above_1(Draws& draws, double shape) {
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  while (true) {
    const double x = normal(draws);
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    if (std::log(positive(draws)) < 0.5 * x * x + d - d * v + d * std::log(v)) return std::log(d * v);
  }
}

// Below 1, Gamma(shape) is Gamma(shape + 1) times a uniform number to the power of 1 / shape, which for small
// shapes only its logarithm can hold.
double log_gamma(Draws& draws, double shape) {
  if (shape >= 1.0) return log_gamma_above_1(draws, shape);
  const double above = log_gamma_above_1(draws, shape + 1.0);
  return above + std::log(positive(draws)) / shape;
}

}  // namespace

float drawn_beta(Draws& draws, double alpha) {
  const double one = log_gamma(draws, alpha);
  const double other = log_gamma(draws, alpha);
  return static_cast<float>(1.0 / (1.0 + std::exp(other - one)));
}

}  // namespace antler
