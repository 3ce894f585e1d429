#include "antler/ops/affine.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/ops/broadcast.h"
#include "antler/ops/clip.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// x's shape with 1 for all axes but those given.
Shape kept(const Shape& x, const std::vector<int>& axes) {
  Shape shape = x;
  for (int axis = 0; axis < x.rank(); ++axis) {
    if (!std::ranges::binary_search(axes, axis)) shape[axis] = 1;
  }
  return shape;
}

// Which number of a and b goes with each element of x.
class Place {
 public:
  Place(const Shape& x, const std::vector<int>& axes)
      : broadcast_(kept(x, axes), x), count_(kept(x, axes).size()) {
    // Along the last axes, the numbers follow each other over and over.
    are_last_ = axes.empty() || axes.front() == x.rank() - static_cast<int>(axes.size());
  }

  int64_t operator()(int64_t i) const { return are_last_ ? i % count_ : broadcast_(i); }

 private:
  Broadcast broadcast_;
  int64_t count_;
  bool are_last_;
};

float deviation(float variance) {
  return std::max(std::sqrt(variance), fuzz);
}

float slope(Affine::Kind kind, float a, float b) {
  if (kind == Affine::Kind::rescale) return a;
  return kind == Affine::Kind::standardize ? 1.0F / deviation(b) : deviation(b);
}

float value(Affine::Kind kind, float x, float a, float b) {
  if (kind == Affine::Kind::rescale) return x * a + b;
  return kind == Affine::Kind::standardize ? (x - a) / deviation(b) : x * deviation(b) + a;
}

}  // namespace

Shape Affine::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  std::vector<int64_t> extents;
  for (int axis : axes) extents.push_back(x[axis]);
  for (const Shape& numbers : inputs.subspan(1)) {
    if (numbers == Shape(extents)) continue;
    throw Error("numbers of the shape {} do not fit an input of shape {}; expected {}", numbers.to_string(),
                x.to_string(), Shape(extents).to_string());
  }
  return x;
}

void Affine::forward(const ForwardContext& run) const {
  const Place at(run.output.shape, axes);
  for_each_element(run.output.size(), [&](int64_t i) {
    const int64_t number = at(i);
    run.output.data[i] =
        value(kind, run.inputs[0].data[i], run.inputs[1].data[number], run.inputs[2].data[number]);
  });
}

void Affine::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  const Place at(dx.shape, axes);
  for_each_element(dx.size(), [&](int64_t i) {
    const int64_t number = at(i);
    dx.data[i] =
        run.output_gradient.data[i] * slope(kind, run.inputs[1].data[number], run.inputs[2].data[number]);
  });
}

}  // namespace antler::ops
