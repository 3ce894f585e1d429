#include "antler/ops/penalty.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"

namespace antler::ops {
namespace {

float sign(float x) {
  return static_cast<float>(x > 0.0F) - static_cast<float>(x < 0.0F);
}

// A matrix seen as vectors: its rows, or its columns.
struct Vectors {
  Vectors(const Shape& matrix, bool of_rows)
      : count(matrix[of_rows ? 0 : 1]),
        length(matrix[of_rows ? 1 : 0]),
        next_vector(of_rows ? matrix[1] : 1),
        next_element(of_rows ? 1 : matrix[1]) {}
  int64_t at(int64_t vector, int64_t element) const { return vector * next_vector + element * next_element; }
  // Pairs, as Keras counts them.
  float pairs() const { return static_cast<float>(count) * (static_cast<float>(count) - 1.0F) / 2.0F; }
  int64_t count;
  int64_t length;
  int64_t next_vector;
  int64_t next_element;
};

// What a vector is multiplied by to have length 1; squares below this count as this, as in Keras.
float to_unit_length(const float* x, const Vectors& vectors, int64_t vector) {
  constexpr float least_square = 1e-14F;
  float square = 0.0F;
  for (int64_t i = 0; i < vectors.length; ++i) square += x[vectors.at(vector, i)] * x[vectors.at(vector, i)];
  return 1.0F / std::sqrt(std::max(square, least_square));
}

// Writes the vectors, each of length 1, one behind the other to `units`.
void normalize(const float* x, const Vectors& vectors, float* units) {
  for (int64_t v = 0; v < vectors.count; ++v) {
    const float factor = to_unit_length(x, vectors, v);
    for (int64_t i = 0; i < vectors.length; ++i) units[v * vectors.length + i] = factor * x[vectors.at(v, i)];
  }
}

float dot(const float* a, const float* b, int64_t length) {
  float sum = 0.0F;
  for (int64_t i = 0; i < length; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

Shape NormPenalty::output_shape(std::span<const Shape> /*inputs*/) const {
  return {1};
}

void NormPenalty::forward(const ForwardContext& run) const {
  double absolute = 0.0;
  double square = 0.0;
  for (float x : run.inputs[0].span()) {
    absolute += double{std::abs(x)};
    square += double{x} * double{x};
  }
  run.output.data[0] = scale * static_cast<float>(double{l1} * absolute + double{l2} * square);
}

void NormPenalty::backward(const BackwardContext& run) const {
  const float dy = scale * run.output_gradient.data[0];
  const std::span<const float> x = run.inputs[0].span();
  const std::span<float> dx = run.input_gradients[0].span();
  for (size_t i = 0; i < dx.size(); ++i) dx[i] = dy * (l1 * sign(x[i]) + 2.0F * l2 * x[i]);
}

Shape OrthogonalPenalty::output_shape(std::span<const Shape> inputs) const {
  if (inputs[0].rank() != 2) {
    throw Error("an orthogonal regularizer is for matrices, not for the shape {}", inputs[0].to_string());
  }
  return {1};
}

int64_t OrthogonalPenalty::scratch_floats(std::span<const Shape> inputs) const {
  const Vectors vectors(inputs[0], of_rows);
  return (vectors.count + 1) * vectors.length;
}

void OrthogonalPenalty::forward(const ForwardContext& run) const {
  const Vectors vectors(run.inputs[0].shape, of_rows);
  float* units = run.scratch.data();
  normalize(run.inputs[0].data, vectors, units);
  float sum = 0.0F;
  for (int64_t a = 0; a < vectors.count; ++a) {
    for (int64_t b = 0; b < a; ++b)
      sum += std::abs(dot(units + a * vectors.length, units + b * vectors.length, vectors.length));
  }
  run.output.data[0] = factor * sum / vectors.pairs();
}

// Of a pair's |u . v|: sign(u . v) * v for u, of which only the part across u moves a unit vector.
void OrthogonalPenalty::backward(const BackwardContext& run) const {
  const float* x = run.inputs[0].data;
  const Vectors vectors(run.inputs[0].shape, of_rows);
  const int64_t length = vectors.length;
  float* units = run.scratch.data();
  float* pull = units + vectors.count * length;
  normalize(x, vectors, units);
  const float dy = factor * run.output_gradient.data[0] / vectors.pairs();
  for (int64_t a = 0; a < vectors.count; ++a) {
    const float* unit = units + a * length;
    std::fill_n(pull, length, 0.0F);
    for (int64_t b = 0; b < vectors.count; ++b) {
      if (b == a) continue;
      const float direction = sign(dot(unit, units + b * length, length));
      for (int64_t i = 0; i < length; ++i) pull[i] += direction * units[b * length + i];
    }
    const float along = dot(unit, pull, length);
    const float factor_of_a = to_unit_length(x, vectors, a);
    for (int64_t i = 0; i < length; ++i)
      run.input_gradients[0].data[vectors.at(a, i)] = dy * factor_of_a * (pull[i] - along * unit[i]);
  }
}

}  // namespace antler::ops
