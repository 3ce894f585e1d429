#include "antler/ops/combine.h"

#include <algorithm>
#include <array>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/broadcast.h"
#include "antler/ops/kernels/combine.h"
#include "antler/ops/kernels/elementwise.h"
#include "antler/ops/kernels/gradients.h"
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

float scale_of(Combine::Kind kind, size_t inputs) {
  return kind == Combine::Kind::mean ? 1.0F / static_cast<float>(inputs) : 1.0F;
}

// Inputs of one shape, the usual case, are combined run by run, without a look at each element's place.

bool have_one_shape(std::span<const ConstView> inputs, const Shape& shape) {
  return std::ranges::all_of(inputs, [&](const ConstView& input) { return input.shape == shape; });
}

kernels::Combination combination_of(Combine::Kind kind) {
  switch (kind) {
    case Combine::Kind::difference:
      return kernels::Combination::difference;
    case Combine::Kind::product:
      return kernels::Combination::product;
    case Combine::Kind::maximum:
      return kernels::Combination::maximum;
    case Combine::Kind::minimum:
      return kernels::Combination::minimum;
    default:
      return kernels::Combination::sum;
  }
}

constexpr kernels::Curve relu_curve{.kind = kernels::Curve::Kind::relu};

// body(begin, count) for parts that stay in the first-level cache from one pass to the next.
template <typename Body>
void for_each_part(int64_t count, const Body& body) {
  constexpr int64_t run = 4096;
  spread((count + run - 1) / run, run, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t at = begin; at < end; ++at) body(at * run, std::min(run, count - at * run));
  });
}

void combine_runs(const Combine& op, const ForwardContext& run) {
  const float scale = scale_of(op.kind, run.inputs.size());
  for_each_part(run.output.size(), [&](int64_t at, int64_t count) {
    float* y = run.output.data + at;
    const float* sofar = run.inputs[0].data + at;
    if (run.inputs.size() == 1) std::copy_n(sofar, count, y);
    for (const ConstView& next : run.inputs.subspan(1)) {
      kernels::combine(combination_of(op.kind), sofar, next.data + at, count, y);
      sofar = y;
    }
    if (scale != 1.0F) kernels::scale(y, count, scale, 1.0F);
    if (op.relu) kernels::apply(relu_curve, y, count, y);
  });
}

void linear_gradients(const Combine& op, const BackwardContext& run) {
  for (size_t k = 0; k < run.inputs.size(); ++k) {
    const View& dx = run.input_gradients[k];
    if (dx.data == nullptr) continue;
    const bool is_subtracted = op.kind == Combine::Kind::difference && k == 1;
    const float scale = is_subtracted ? -1.0F : scale_of(op.kind, run.inputs.size());
    for_each_part(dx.size(), [&](int64_t at, int64_t count) {
      const float* dy = run.output_gradient.data + at;
      if (op.relu) {
        kernels::apply_gradient(relu_curve, run.output.data + at, dy, count, dx.data + at);
      } else {
        std::copy_n(dy, count, dx.data + at);
      }
      if (scale != 1.0F) kernels::scale(dx.data + at, count, scale, 1.0F);
    });
  }
}

}  // namespace

std::string Combine::name() const {
  static constexpr std::array names{"sum", "difference", "product", "mean", "maximum", "minimum"};
  return std::string(names[static_cast<size_t>(kind)]) + (relu ? " + relu" : "");
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
  if (have_one_shape(run.inputs, run.output.shape)) return combine_runs(*this, run);
  const std::vector<Broadcast> at = broadcasts(run.inputs, run.output.shape);
  const float scale = scale_of(kind, run.inputs.size());
  for_each_element(run.output.size(), [&](int64_t i) {
    float value = run.inputs[0].data[at[0](i)];
    for (size_t k = 1; k < at.size(); ++k) value = combine(kind, value, run.inputs[k].data[at[k](i)]);
    value *= scale;
    run.output.data[i] = relu && value < 0.0F ? 0.0F : value;
  });
}

void Combine::backward(const BackwardContext& run) const {
  const bool is_linear = kind == Kind::sum || kind == Kind::mean || kind == Kind::difference;
  if (is_linear && have_one_shape(run.inputs, run.output_gradient.shape)) return linear_gradients(*this, run);
  const std::vector<Broadcast> at = broadcasts(run.inputs, run.output_gradient.shape);
  const float scale = scale_of(kind, run.inputs.size());
  const auto gradient = [&](size_t input, int64_t i) {
    const float dy = relu && !(run.output.data[i] > 0.0F) ? 0.0F : run.output_gradient.data[i];
    switch (kind) {
      case Kind::product:
        return dy * product_of_others(run.inputs, at, input, i);
      case Kind::maximum:
      case Kind::minimum:
        return winner(kind, run.inputs, at, i) == input ? dy : 0.0F;
      case Kind::difference:
        return input == 0 ? dy : -dy;
      default:
        return dy * scale;
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
