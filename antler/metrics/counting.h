// What all metrics count with: what each value of a batch weighs, and states of the right size.
#pragma once

#include <span>

#include "antler/metrics/recipe.h"

namespace antler::metrics {

/// What each of a batch's `count` values weighs: its sample's weight, or its own, or 1. Throws Error when the
/// weights given are for another number of samples.
class Weights {
 public:
  Weights(std::span<const float> given, int64_t count);
  double operator[](int64_t value) const {
    return given_.empty() ? 1.0 : double{given_[static_cast<size_t>(value / values_of_each_)]};
  }

 private:
  std::span<const float> given_;
  int64_t values_of_each_ = 1;
};

/// Makes an empty state one of `size` zeros. Throws Error for a state of another size, such as one from
/// another metric's file.
void begin(State& state, size_t size);
/// A copy that has begun.
State begun(State state, size_t size);

/// 0 where `divisor` is: Keras's divide_no_nan.
inline double divide(double dividend, double divisor) {
  return divisor == 0.0 ? 0.0 : dividend / divisor;
}

/// Throws Error unless both have as many elements a sample.
void check_equal_elements(const Shape& y_true, const Shape& y_pred);
/// Throws Error unless both are (batch, classes).
void check_matrices(const Shape& y_true, const Shape& y_pred);
/// The Error for targets and predictions that do not fit together.
[[noreturn]] void refuse_shapes(const Shape& y_true, const Shape& y_pred);

/// Elements and rows, along the last axis, of one sample.
int64_t elements_of_sample(const Shape& shape);
int64_t rows_of_sample(const Shape& shape);

}  // namespace antler::metrics
