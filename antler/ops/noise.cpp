#include "antler/ops/noise.h"

#include <cmath>
#include <numbers>

#include "antler/core/error.h"
#include "antler/ops/broadcast.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// y = slope * x + shift.
struct Line {
  float slope = 1.0F;
  float shift = 0.0F;
};

// Box and Muller 1958, of two numbers for each.
double normal(const RandomStream& random, int64_t index) {
  const auto first = 2 * static_cast<uint64_t>(index);
  const auto words = random.block(first / 4);
  const double radius = 1.0 - double{RandomStream::to_uniform(words[first % 4])};
  const double turn = double{RandomStream::to_uniform(words[first % 4 + 1])};
  return std::sqrt(-2.0 * std::log(radius)) * std::cos(2.0 * std::numbers::pi * turn);
}

// Klambauer et al. 2017: what is dropped becomes the limit of selu for low numbers.
Line alpha_line(double rate, bool kept) {
  constexpr double limit = -1.6732632423543772 * 1.0507009873554805;
  const double slope = 1.0 / std::sqrt((1.0 - rate) * (1.0 + rate * limit * limit));
  const double shift = -slope * limit * rate;
  if (kept) return {static_cast<float>(slope), static_cast<float>(shift)};
  return {0.0F, static_cast<float>(slope * limit + shift)};
}

Line line_of(const Noise& op, const RandomStream& random, int64_t index) {
  const auto kept = [&] { return random.uniform(static_cast<uint64_t>(index)) >= op.amount; };
  switch (op.kind) {
    case Noise::Kind::drop:
      return {kept() ? 1.0F / (1.0F - op.amount) : 0.0F};
    case Noise::Kind::drop_alpha:
      return alpha_line(double{op.amount}, kept());
    case Noise::Kind::add_gaussian:
      return {.shift = static_cast<float>(double{op.amount} * normal(random, index))};
    case Noise::Kind::multiply_gaussian:
      return {.slope = static_cast<float>(1.0 + double{op.amount} * normal(random, index))};
  }
  return {};
}

Shape noise_shape(const Noise& op, const Shape& x) {
  if (op.shape.rank() == 0) return x;
  Shape shape = op.shape;
  bool fits = shape.rank() == x.rank();
  for (int axis = 0; fits && axis < x.rank(); ++axis) {
    if (shape[axis] == Shape::unknown) shape[axis] = x[axis];
    fits = shape[axis] == 1 || shape[axis] == x[axis];
  }
  if (!fits) {
    throw Error("noise of shape {} cannot be repeated along an input of shape {}", op.shape.to_string(),
                x.to_string());
  }
  return shape;
}

}  // namespace

Shape Noise::output_shape(std::span<const Shape> inputs) const {
  noise_shape(*this, inputs[0]);
  const bool drops = kind == Kind::drop || kind == Kind::drop_alpha;
  if (!(amount >= 0.0F) || (drops && amount >= 1.0F)) throw Error("noise has the amount {}", amount);
  return inputs[0];
}

void Noise::forward(const ForwardContext& run) const {
  const Shape& x = run.inputs[0].shape;
  const Broadcast at(noise_shape(*this, x), x);
  const RandomStream random(run.random.seed, stream, run.random.step);
  for_each_element(x.size(), [&](int64_t i) {
    const Line line = line_of(*this, random, at(i));
    run.output.data[i] = line.slope * run.inputs[0].data[i] + line.shift;
  });
}

void Noise::backward(const BackwardContext& run) const {
  const Shape& x = run.output_gradient.shape;
  const Broadcast at(noise_shape(*this, x), x);
  const RandomStream random(run.random.seed, stream, run.random.step);
  for_each_element(x.size(), [&](int64_t i) {
    run.input_gradients[0].data[i] = line_of(*this, random, at(i)).slope * run.output_gradient.data[i];
  });
}

}  // namespace antler::ops
