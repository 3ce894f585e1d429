#include "antler/ops/overlap_loss.h"

#include <algorithm>
#include <array>

#include "antler/ops/loss_rows.h"

namespace antler::ops {
namespace {

using Flags = std::array<bool, Shape::max_rank>;

Flags reduced_axes(const OverlapLoss& loss, const Shape& shape) {
  Flags reduced{};
  if (!loss.axes) reduced.fill(true);
  for (int axis : loss.axes.value_or(std::vector<int>{}))
    reduced[static_cast<size_t>(shape.checked_axis(axis))] = true;
  return reduced;
}

// Calls visit(element, result it goes to) for all elements in order.
template <typename Visit>
void for_each_element(const OverlapLoss& loss, const Shape& shape, const Visit& visit) {
  const Flags reduced = reduced_axes(loss, shape);
  std::array<int64_t, Shape::max_rank> strides{};  // of the results
  int64_t stride = 1;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    if (reduced[static_cast<size_t>(axis)]) continue;
    strides[static_cast<size_t>(axis)] = stride;
    stride *= shape[axis];
  }
  const int64_t size = shape.size();
  for (int64_t element = 0; element < size; ++element) {
    int64_t rest = element;
    int64_t result = 0;
    for (int axis = shape.rank() - 1; axis >= 0; --axis) {
      result += rest % shape[axis] * strides[static_cast<size_t>(axis)];
      rest /= shape[axis];
    }
    visit(element, result);
  }
}

// Of one result, as forward() leaves them.
struct Sums {
  float both;
  float targets_alone;
  float predictions_alone;
  explicit Sums(const float* saved) : both(saved[0]), targets_alone(saved[1]), predictions_alone(saved[2]) {}
  float whole(const OverlapLoss& loss) const {
    return both + loss.alpha * targets_alone + loss.beta * predictions_alone + loss.epsilon;
  }
};

}  // namespace

Shape OverlapLoss::output_shape(std::span<const Shape> inputs) const {
  if (!(inputs[0] == inputs[1]) || inputs[1].rank() < 1) refuse_loss_shapes(inputs, name());
  const Flags reduced = reduced_axes(*this, inputs[1]);
  std::vector<int64_t> kept;
  for (int axis = 0; axis < inputs[1].rank(); ++axis) {
    if (!reduced[static_cast<size_t>(axis)]) kept.push_back(inputs[1][axis]);
  }
  return kept.empty() ? Shape{1} : Shape(kept);
}

void OverlapLoss::forward(const ForwardContext& run) const {
  std::ranges::fill(run.saved, 0.0F);
  for_each_element(*this, run.inputs[1].shape, [&](int64_t element, int64_t result) {
    const float t = run.inputs[0].data[element];
    const float p = run.inputs[1].data[element];
    float* sums = run.saved.data() + 3 * result;
    sums[0] += t * p;
    sums[1] += (1.0F - p) * t;
    sums[2] += p * (1.0F - t);
  });
  for (int64_t result = 0; result < run.output.size(); ++result) {
    const Sums sums(run.saved.data() + 3 * result);
    run.output.data[result] = 1.0F - sums.both / sums.whole(*this);
  }
}

void OverlapLoss::backward(const BackwardContext& run) const {
  const View gradient = run.input_gradients[1];
  if (gradient.data == nullptr) return;
  for_each_element(*this, gradient.shape, [&](int64_t element, int64_t result) {
    const Sums sums(run.saved.data() + 3 * result);
    const float t = run.inputs[0].data[element];
    const float whole = sums.whole(*this);
    const float whole_slope = t - alpha * t + beta * (1.0F - t);
    gradient.data[element] =
        run.output_gradient.data[result] * (sums.both * whole_slope - t * whole) / (whole * whole);
  });
}

}  // namespace antler::ops
