#include "antler/ops/permute.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler::ops {
namespace {

// Visits the samples' elements in y's order: visit(where in y, where in x).
template <typename Visit>
void for_each_element(const Shape& x, const Shape& y, const std::vector<int>& order, const Visit& visit) {
  std::array<int64_t, Shape::max_rank> strides{};
  int64_t stride = 1;
  for (int axis = x.rank() - 1; axis >= 0; --axis) {
    strides[static_cast<size_t>(axis)] = stride;
    stride *= x[axis];
  }
  const int64_t sample = y[0] == 0 ? 0 : y.size() / y[0];
  parallel_for(y[0], [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin * sample; at < end * sample; ++at) {
      int64_t rest = at;
      int64_t from = 0;
      for (int axis = y.rank() - 1; axis >= 0; --axis) {
        from += rest % y[axis] * strides[static_cast<size_t>(order[static_cast<size_t>(axis)])];
        rest /= y[axis];
      }
      visit(at, from);
    }
  });
}

}  // namespace

Shape Permute::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  std::vector<int> sorted = order;
  std::ranges::sort(sorted);
  bool fits = static_cast<int>(order.size()) == x.rank() && !order.empty() && order[0] == 0;
  for (int axis = 0; fits && axis < x.rank(); ++axis) fits = sorted[static_cast<size_t>(axis)] == axis;
  if (!fits) throw Error("the axes of an input of shape {} cannot be ordered as asked", x.to_string());
  Shape y = x;
  for (int axis = 0; axis < x.rank(); ++axis) y[axis] = x[order[static_cast<size_t>(axis)]];
  return y;
}

void Permute::forward(const ForwardContext& run) const {
  const float* x = run.inputs[0].data;
  for_each_element(run.inputs[0].shape, run.output.shape, order,
                   [&](int64_t to, int64_t from) { run.output.data[to] = x[from]; });
}

void Permute::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  for_each_element(dx.shape, run.output_gradient.shape, order,
                   [&](int64_t to, int64_t from) { dx.data[from] = run.output_gradient.data[to]; });
}

}  // namespace antler::ops
