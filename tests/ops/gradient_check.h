// Compares the gradients an operation gives with the differences of its results.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/ops/run_operation.h"

namespace antler::ops {

struct GradientCheck {
  /// How many elements of each input to move, spread over it; all of them where it has no more.
  int64_t probes = 32;
  /// How far an element moves to either side.
  float step = 0x1p-6F;
  /// How far a gradient may be from the difference, as a share of the largest gradient of that input or of 1.
  double tolerance = 5e-3;
  /// Inputs before this one have no gradient: a loss's targets.
  size_t first_input = 0;
};

/// sum(weights * forward(inputs)).
inline double weighted_sum(const Operation& operation, const std::vector<Tensor>& inputs,
                           const std::vector<Tensor>& state, const Tensor& weights) {
  OperationRun run(operation, inputs, state);
  const Tensor& y = run.forward();
  double sum = 0.0;
  for (int64_t i = 0; i < y.size(); ++i) sum += double{weights[i]} * double{y[i]};
  return sum;
}

/// How a function of one number changes to the left and to the right of it, by unit of change.
struct Slopes {
  double left;
  double right;
  double mean() const { return (left + right) / 2; }
};

template <typename Function>
Slopes slopes(const Function& function, float at, float step) {
  const float above = at + step;
  const float below = at - step;
  const double here = function(at);
  return {(here - function(below)) / (double{at} - double{below}),
          (function(above) - here) / (double{above} - double{at})};
}

/// Expects that backward() gives, for a random weighting of the output's elements, the central differences of
/// forward() for every input. Elements at which the function has a kink (relu, a maximum that changes hands)
/// do not count: there the difference depends on the step. Fails when fewer than half of an input's count.
inline void check_gradients(const Operation& operation, const std::vector<Tensor>& inputs,
                            const std::vector<Tensor>& state = {}, const GradientCheck& check = {}) {
  OperationRun run(operation, inputs, state);
  const Tensor weights = random_tensor(run.forward().shape(), 99);
  const std::vector<Tensor> gradients = run.backward(weights);
  for (size_t input = check.first_input; input < inputs.size(); ++input) {
    const Tensor& gradient = gradients[input];
    double scale = 1.0;
    for (float each : gradient.span()) scale = std::max(scale, std::abs(double{each}));
    const double allowed = check.tolerance * scale;
    const int64_t probes = std::min(check.probes, gradient.size());
    int64_t counted = 0;
    for (int64_t probe = 0; probe < probes; ++probe) {
      const int64_t element = probe * gradient.size() / probes;
      const auto sum_at = [&](float value) {
        std::vector<Tensor> moved = inputs;
        moved[input][element] = value;
        return weighted_sum(operation, moved, state, weights);
      };
      const Slopes wide = slopes(sum_at, inputs[input][element], check.step);
      const Slopes narrow = slopes(sum_at, inputs[input][element], check.step / 4);
      const double expected = narrow.mean();
      if (std::abs(wide.mean() - expected) > allowed || std::abs(narrow.left - narrow.right) > allowed)
        continue;
      ++counted;
      EXPECT_NEAR(gradient[element], expected, allowed)
          << operation.name() << ": input " << input << ", element " << element;
    }
    EXPECT_GE(2 * counted, probes) << operation.name() << ": too many kinks in input " << input;
  }
}

}  // namespace antler::ops
