#include "antler/ops/combine.h"

#include <algorithm>
#include <array>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/broadcast.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

std::vector<Broadcast> broadcasts(std::span<const ConstView> inputs, const Shape& output) {
  std::vector<Broadcast> all;
  for (const ConstView& input : inputs) all.emplace_back(input.shape, output);
  return all;
}

float combine(Combine::Kind kind, float a, float b) {
  switch (kind) {
    case Combine::Kind::sum:
    case Combine::Kind::mean:
      return a + b;
    case Combine::Kind::difference:
      return a - b;
    case Combine::Kind::product:
      return a * b;
    case Combine::Kind::maximum:
      return a >= b ? a : b;
    case Combine::Kind::minimum:
      return a <= b ? a : b;
  }
  return a;
}

// The input that a maximum or minimum was taken from: the first of the best.
size_t winner(Combine::Kind kind, std::span<const ConstView> inputs, const std::vector<Broadcast>& at,
              int64_t i) {
  size_t best = 0;
  float value = inputs[0].data[at[0](i)];
  for (size_t k = 1; k < inputs.size(); ++k) {
    const float other = inputs[k].data[at[k](i)];
    if (kind == Combine::Kind::maximum ? value >= other : value <= other) continue;
    best = k;
    value = other;
  }
  return best;
}

float product_of_others(std::span<const ConstView> inputs, const std::vector<Broadcast>& at, size_t input,
                        int64_t i) {
  float product = 1.0F;
  for (size_t k = 0; k < inputs.size(); ++k) {
    if (k != input) product *= inputs[k].data[at[k](i)];
  }
  return product;
}

}  // namespace

std::string Combine::name() const {
  static constexpr std::array names{"sum", "difference", "product", "mean", "maximum", "minimum"};
  return names[static_cast<size_t>(kind)];
}

Shape Combine::output_shape(std::span<const Shape> inputs) const {
  if (kind == Kind::difference && inputs.size() != 2)
    throw Error("a difference has {} inputs; expected 2", inputs.size());
  Shape shape = inputs[0];
  for (const Shape& input : inputs.subspan(1)) {
    bool fits = input.rank() == shape.rank();
    for (int axis = 0; fits && axis < shape.rank(); ++axis) {
      fits = input[axis] == shape[axis] || input[axis] == 1 || shape[axis] == 1;
      if (shape[axis] == 1) shape[axis] = input[axis];
    }
    if (!fits) {
      throw Error("inputs of the shapes {} and {} cannot be combined element by element",
                  inputs[0].to_string(), input.to_string());
    }
  }
  return shape;
}

bool Combine::backward_reads_input(size_t /*index*/) const {
  return kind == Kind::product || kind == Kind::maximum || kind == Kind::minimum;
}

void Combine::forward(const ForwardContext& run) const {
  const std::vector<Broadcast> at = broadcasts(run.inputs, run.output.shape);
  const float scale = kind == Kind::mean ? 1.0F / static_cast<float>(run.inputs.size()) : 1.0F;
  for_each_element(run.output.size(), [&](int64_t i) {
    float value = run.inputs[0].data[at[0](i)];
    for (size_t k = 1; k < at.size(); ++k) value = combine(kind, value, run.inputs[k].data[at[k](i)]);
    run.output.data[i] = value * scale;
  });
}

void Combine::backward(const BackwardContext& run) const {
  const std::vector<Broadcast> at = broadcasts(run.inputs, run.output_gradient.shape);
  const float* dy = run.output_gradient.data;
  const float scale = kind == Kind::mean ? 1.0F / static_cast<float>(run.inputs.size()) : 1.0F;
  const auto gradient = [&](size_t input, int64_t i) {
    switch (kind) {
      case Kind::product:
        return dy[i] * product_of_others(run.inputs, at, input, i);
      case Kind::maximum:
      case Kind::minimum:
        return winner(kind, run.inputs, at, i) == input ? dy[i] : 0.0F;
      case Kind::difference:
        return input == 0 ? dy[i] : -dy[i];
      default:
        return dy[i] * scale;
    }
  };
  for (size_t k = 0; k < at.size(); ++k) {
    const View& dx = run.input_gradients[k];
    if (dx.data == nullptr) continue;
    if (at[k].is_identity()) {
      for_each_element(dx.size(), [&](int64_t i) { dx.data[i] = gradient(k, i); });
      continue;
    }
    std::ranges::fill(dx.span(), 0.0F);  // repeated elements collect from several places, on one thread
    for (int64_t i = 0; i < run.output_gradient.size(); ++i) dx.data[at[k](i)] += gradient(k, i);
  }
}

}  // namespace antler::ops
