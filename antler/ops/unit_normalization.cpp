#include "antler/ops/unit_normalization.h"

#include <algorithm>
#include <cmath>

#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

double dot(const float* a, const float* b, int64_t count) {
  double sum = 0.0;
  for (int64_t i = 0; i < count; ++i) sum += double{a[i]} * double{b[i]};
  return sum;
}

// Calls work(first element, elements) for each vector.
template <typename Work>
void for_each_vector(const UnitNormalization& op, const Shape& x, const Work& work) {
  int64_t length = 1;
  for (int axis = x.checked_axis(op.axis); axis < x.rank(); ++axis) length *= x[axis];
  if (x.size() == 0) return;
  spread(x.size() / length, length, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t vector = begin; vector < end; ++vector) work(vector * length, length);
  });
}

}  // namespace

Shape UnitNormalization::output_shape(std::span<const Shape> inputs) const {
  inputs[0].checked_axis(axis);
  return inputs[0];
}

void UnitNormalization::forward(const ForwardContext& run) const {
  for_each_vector(*this, run.output.shape, [&](int64_t first, int64_t length) {
    const float* x = run.inputs[0].data + first;
    const double scale = std::min(1.0 / std::sqrt(dot(x, x, length)), 1.0 / double{epsilon});
    for (int64_t i = 0; i < length; ++i)
      run.output.data[first + i] = static_cast<float>(double{x[i]} * scale);
  });
}

// dx = (dy - x (x dy) / |x|^2) / |x|; where epsilon is what divides, it is a constant.
void UnitNormalization::backward(const BackwardContext& run) const {
  for_each_vector(*this, run.output_gradient.shape, [&](int64_t first, int64_t length) {
    const float* x = run.inputs[0].data + first;
    const float* dy = run.output_gradient.data + first;
    const double squares = dot(x, x, length);
    const bool is_long = std::sqrt(squares) > double{epsilon};
    const double scale = is_long ? 1.0 / std::sqrt(squares) : 1.0 / double{epsilon};
    const double along = is_long ? dot(x, dy, length) / squares : 0.0;
    for (int64_t i = 0; i < length; ++i) {
      run.input_gradients[0].data[first + i] =
          static_cast<float>((double{dy[i]} - double{x[i]} * along) * scale);
    }
  });
}

}  // namespace antler::ops
