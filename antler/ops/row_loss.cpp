#include "antler/ops/row_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "antler/ops/loss_rows.h"

namespace antler::ops {
namespace {

struct CategoricalHinge {
  static float largest_other(const float* t, const float* p, int64_t columns) {
    float largest = -std::numeric_limits<float>::infinity();
    for (int64_t c = 0; c < columns; ++c) largest = std::max(largest, (1.0F - t[c]) * p[c]);
    return largest;
  }
  static float margin(const float* t, const float* p, int64_t columns) {
    float own = 0.0F;
    for (int64_t c = 0; c < columns; ++c) own += t[c] * p[c];
    return largest_other(t, p, columns) - own + 1.0F;
  }

  static float value(const float* t, const float* p, int64_t columns) {
    const float loss = margin(t, p, columns);
    return loss < 0.0F ? 0.0F : loss;
  }
  // Where several columns are the largest, they share its gradient.
  static void gradient(const float* t, const float* p, int64_t columns, float scale, float* to) {
    const float largest = largest_other(t, p, columns);
    const auto is_largest = [&](int64_t c) { return (1.0F - t[c]) * p[c] == largest; };
    float ties = 0.0F;
    for (int64_t c = 0; c < columns; ++c) ties += is_largest(c) ? 1.0F : 0.0F;
    const float slope = margin(t, p, columns) < 0.0F ? 0.0F : scale;
    for (int64_t c = 0; c < columns; ++c) {
      to[c] = slope * ((is_largest(c) ? (1.0F - t[c]) / ties : 0.0F) - t[c]);
    }
  }
};

struct CosineSimilarity {
  static constexpr float largest_inverse = static_cast<float>(1.0 / 1e-7);

  static float dot(const float* a, const float* b, int64_t columns) {
    float sum = 0.0F;
    for (int64_t c = 0; c < columns; ++c) sum += a[c] * b[c];
    return sum;
  }
  static float inverse_norm(const float* row, int64_t columns) {
    const float inverse = 1.0F / std::sqrt(dot(row, row, columns));
    return inverse > largest_inverse ? largest_inverse : inverse;
  }

  static float value(const float* t, const float* p, int64_t columns) {
    return -dot(t, p, columns) * inverse_norm(t, columns) * inverse_norm(p, columns);
  }
  static void gradient(const float* t, const float* p, int64_t columns, float scale, float* to) {
    const float of_t = inverse_norm(t, columns);
    const float of_p = inverse_norm(p, columns);
    const float along = of_p < largest_inverse ? dot(t, p, columns) * of_p * of_p : 0.0F;
    for (int64_t c = 0; c < columns; ++c) to[c] = scale * of_t * of_p * (p[c] * along - t[c]);
  }
};

template <typename Use>
void with_formula(RowLoss::Function function, const Use& use) {
  switch (function) {
    case RowLoss::Function::categorical_hinge:
      return use(CategoricalHinge{});
    case RowLoss::Function::cosine_similarity:
      return use(CosineSimilarity{});
  }
}

}  // namespace

std::string RowLoss::name() const {
  return function == Function::categorical_hinge ? "categorical hinge" : "cosine similarity";
}

Shape RowLoss::output_shape(std::span<const Shape> inputs) const {
  return loss_shape(inputs, name());
}

void RowLoss::forward(const ForwardContext& run) const {
  const LossRows extents(run.inputs[1].shape);
  with_formula(function, [&](auto formula) {
    for_each_row(extents, [&](int64_t row) {
      const int64_t begin = row * extents.columns;
      run.output.data[row] =
          formula.value(run.inputs[0].data + begin, run.inputs[1].data + begin, extents.columns);
    });
  });
}

void RowLoss::backward(const BackwardContext& run) const {
  if (run.input_gradients[1].data == nullptr) return;
  const LossRows extents(run.inputs[1].shape);
  with_formula(function, [&](auto formula) {
    for_each_row(extents, [&](int64_t row) {
      const int64_t begin = row * extents.columns;
      formula.gradient(run.inputs[0].data + begin, run.inputs[1].data + begin, extents.columns,
                       run.output_gradient.data[row], run.input_gradients[1].data + begin);
    });
  });
}

}  // namespace antler::ops
