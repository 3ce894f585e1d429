#include "antler/ops/focal_crossentropy.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "antler/core/error.h"
#include "antler/ops/clip.h"
#include "antler/ops/loss_rows.h"

namespace antler::ops {
namespace {

void softmax(const float* x, int64_t columns, float* y) {
  const float largest = *std::max_element(x, x + columns);
  for (int64_t c = 0; c < columns; ++c) y[c] = std::exp(x[c] - largest);
  const float sum = std::accumulate(y, y + columns, 0.0F);
  for (int64_t c = 0; c < columns; ++c) y[c] /= sum;
}

// The loss as a function of one row of probabilities.
class RowFormula {
 public:
  RowFormula(const FocalCrossentropy& loss, const float* targets, int64_t columns)
      : loss_(loss), targets_(targets), columns_(columns) {}

  float value(const float* p) const {
    const float sum = std::accumulate(p, p + columns_, 0.0F);
    double total = 0.0;
    for (int64_t c = 0; c < columns_; ++c) {
      const float q = clip(p[c] / sum, fuzz, one_less_fuzz);
      total += double{-alpha(c) * std::pow(1.0F - q, loss_.gamma) * target(c) * std::log(q)};
    }
    return static_cast<float>(total);
  }

  // By p, whose scaling to sum 1 takes from each what all have in common.
  void gradient(const float* p, float scale, float* to) const {
    const float sum = std::accumulate(p, p + columns_, 0.0F);
    float dot = 0.0F;
    for (int64_t c = 0; c < columns_; ++c) {
      to[c] = slope(c, p[c] / sum);
      dot += to[c] * p[c] / sum;
    }
    for (int64_t c = 0; c < columns_; ++c) to[c] = scale * (to[c] - dot) / sum;
  }

 private:
  float alpha(int64_t column) const {
    return loss_.alpha.size() == 1 ? loss_.alpha[0] : loss_.alpha[static_cast<size_t>(column)];
  }
  float target(int64_t column) const {
    const int64_t classes = loss_.smoothed_classes > 0 ? loss_.smoothed_classes : columns_;
    return static_cast<float>(double{targets_[column]} * (1.0 - loss_.label_smoothing) +
                              loss_.label_smoothing / static_cast<double>(classes));
  }
  float slope(int64_t column, float scaled) const {
    const float q = clip(scaled, fuzz, one_less_fuzz);
    const float focus = std::pow(1.0F - q, loss_.gamma);
    const float focus_slope =
        loss_.gamma == 0.0F ? 0.0F : -loss_.gamma * std::pow(1.0F - q, loss_.gamma - 1.0F);
    return -clip_slope(scaled, fuzz, one_less_fuzz) * alpha(column) * target(column) *
           (focus_slope * std::log(q) + focus / q);
  }

  const FocalCrossentropy& loss_;
  const float* targets_;
  int64_t columns_;
};

void softmax_gradient(const float* p, int64_t columns, float* gradient) {
  float dot = 0.0F;
  for (int64_t c = 0; c < columns; ++c) dot += p[c] * gradient[c];
  for (int64_t c = 0; c < columns; ++c) gradient[c] = p[c] * (gradient[c] - dot);
}

}  // namespace

Shape FocalCrossentropy::output_shape(std::span<const Shape> inputs) const {
  const Shape shape = loss_shape(inputs, name());
  const int64_t columns = LossRows(inputs[1]).columns;
  if (alpha.size() != 1 && static_cast<int64_t>(alpha.size()) != columns) {
    throw Error("{}: there are {} alphas for {} classes", name(), alpha.size(), columns);
  }
  return shape;
}

void FocalCrossentropy::forward(const ForwardContext& run) const {
  const LossRows extents(run.inputs[1].shape);
  for_each_row(extents, [&](int64_t row) {
    const int64_t begin = row * extents.columns;
    const float* p = run.inputs[1].data + begin;
    if (from_logits) {
      softmax(p, extents.columns, run.saved.data() + begin);
      p = run.saved.data() + begin;
    }
    run.output.data[row] = RowFormula(*this, run.inputs[0].data + begin, extents.columns).value(p);
  });
}

void FocalCrossentropy::backward(const BackwardContext& run) const {
  if (run.input_gradients[1].data == nullptr) return;
  const LossRows extents(run.input_gradients[1].shape);
  for_each_row(extents, [&](int64_t row) {
    const int64_t begin = row * extents.columns;
    const float* p = (from_logits ? run.saved.data() : run.inputs[1].data) + begin;
    float* gradient = run.input_gradients[1].data + begin;
    const RowFormula formula(*this, run.inputs[0].data + begin, extents.columns);
    formula.gradient(p, run.output_gradient.data[row], gradient);
    if (from_logits) softmax_gradient(p, extents.columns, gradient);
  });
}

}  // namespace antler::ops
