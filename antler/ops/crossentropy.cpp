#include "antler/ops/crossentropy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "antler/ops/clip.h"
#include "antler/ops/loss_rows.h"

namespace antler::ops {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

float clipped(float p) {
  return clip(p, fuzz, one_less_fuzz);
}
float clipped_slope(float p) {
  return clip_slope(p, fuzz, one_less_fuzz);
}

// A row's targets as probabilities of each class, one-hot where they are a class number.
class RowTargets {
 public:
  RowTargets(const Crossentropy& loss, ConstView targets, const LossRows& extents, int64_t row)
      : sparse_(loss.sparse) {
    if (sparse_) {
      const float label = targets.data[row];
      valid_ = label > -1.0F && label < static_cast<float>(extents.columns);
      label_ = valid_ ? static_cast<int64_t>(label) : -1;
    } else {
      targets_ = targets.data + row * extents.columns;
      scale_ = static_cast<float>(1.0 - loss.label_smoothing);
      const int64_t classes = loss.smoothed_classes > 0 ? loss.smoothed_classes : extents.columns;
      shift_ = static_cast<float>(loss.label_smoothing) / static_cast<float>(classes);
    }
  }

  float operator[](int64_t column) const {
    if (!sparse_) return targets_[column] * scale_ + shift_;
    if (!valid_) return nan;
    return column == label_ ? 1.0F : 0.0F;
  }

  // sum(t * f(column)); of a one-hot row the one term that counts, so that others may be infinite.
  template <typename Function>
  float weighted_sum(int64_t columns, const Function& function) const {
    if (sparse_) return valid_ ? function(label_) : nan;
    double sum = 0.0;
    for (int64_t c = 0; c < columns; ++c) sum += double{(*this)[c]} * double{function(c)};
    return static_cast<float>(sum);
  }

 private:
  bool sparse_;
  bool valid_ = true;
  int64_t label_ = -1;
  const float* targets_ = nullptr;
  float scale_ = 1.0F;
  float shift_ = 0.0F;
};

float sum_of(const float* row, int64_t columns) {
  float sum = 0.0F;
  for (int64_t c = 0; c < columns; ++c) sum += row[c];
  return sum;
}

float sum_of_clipped(const float* row, int64_t columns) {
  float sum = 0.0F;
  for (int64_t c = 0; c < columns; ++c) sum += clipped(row[c]);
  return sum;
}

// Leaves softmax(x) in `softmax`, which backward needs.
float logits_loss(const RowTargets& t, const float* x, int64_t columns, float* softmax) {
  const float largest = *std::max_element(x, x + columns);
  for (int64_t c = 0; c < columns; ++c) softmax[c] = std::exp(x[c] - largest);
  const float sum = sum_of(softmax, columns);
  const float log_sum = std::log(sum);
  for (int64_t c = 0; c < columns; ++c) softmax[c] /= sum;
  return t.weighted_sum(columns, [&](int64_t c) { return log_sum - (x[c] - largest); });
}

float dense_loss(const RowTargets& t, const float* p, int64_t columns) {
  const float sum = sum_of(p, columns);
  return t.weighted_sum(columns, [&](int64_t c) { return -std::log(clipped(p[c] / sum)); });
}

void dense_gradient(const RowTargets& t, const float* p, int64_t columns, float scale, float* gradient) {
  const float sum = sum_of(p, columns);
  float dot = 0.0F;  // of the scaled probabilities and their gradient
  for (int64_t c = 0; c < columns; ++c) {
    const float scaled = p[c] / sum;
    gradient[c] = -clipped_slope(scaled) * t[c] / clipped(scaled);
    dot += gradient[c] * scaled;
  }
  for (int64_t c = 0; c < columns; ++c) gradient[c] = scale * (gradient[c] - dot) / sum;
}

float sparse_loss(const RowTargets& t, const float* p, int64_t columns) {
  const float log_sum = std::log(sum_of_clipped(p, columns));
  return t.weighted_sum(columns, [&](int64_t c) { return log_sum - std::log(clipped(p[c])); });
}

void sparse_gradient(const RowTargets& t, const float* p, int64_t columns, float scale, float* gradient) {
  const float sum = sum_of_clipped(p, columns);
  for (int64_t c = 0; c < columns; ++c) {
    gradient[c] = scale * clipped_slope(p[c]) * (1.0F / sum - t[c] / clipped(p[c]));
  }
}

}  // namespace

std::string Crossentropy::name() const {
  const std::string first = from_logits ? "softmax " : "";
  return first + (sparse ? "sparse categorical crossentropy" : "categorical crossentropy");
}

Shape Crossentropy::output_shape(std::span<const Shape> inputs) const {
  return sparse ? sparse_loss_shape(inputs, name()) : loss_shape(inputs, name());
}

bool Crossentropy::ignores(ConstView targets, int64_t row) const {
  return sparse && ignored_class && targets.data[row] == *ignored_class;
}

void Crossentropy::forward(const ForwardContext& run) const {
  const LossRows extents(run.inputs[1].shape);
  for_each_row(extents, [&](int64_t row) {
    const RowTargets targets(*this, run.inputs[0], extents, row);
    const int64_t begin = row * extents.columns;
    const float* x = run.inputs[1].data + begin;
    run.output.data[row] = ignores(run.inputs[0], row) ? 0.0F
                           : from_logits ? logits_loss(targets, x, extents.columns, run.saved.data() + begin)
                           : sparse      ? sparse_loss(targets, x, extents.columns)
                                         : dense_loss(targets, x, extents.columns);
  });
}

void Crossentropy::backward(const BackwardContext& run) const {
  if (run.input_gradients[1].data == nullptr) return;
  const LossRows extents(run.input_gradients[1].shape);
  for_each_row(extents, [&](int64_t row) {
    const float scale = run.output_gradient.data[row];
    const RowTargets targets(*this, run.inputs[0], extents, row);
    const int64_t begin = row * extents.columns;
    float* gradient = run.input_gradients[1].data + begin;
    if (ignores(run.inputs[0], row)) {
      std::fill_n(gradient, extents.columns, 0.0F);
    } else if (from_logits) {
      const float* softmax = run.saved.data() + begin;
      for (int64_t c = 0; c < extents.columns; ++c) gradient[c] = scale * (softmax[c] - targets[c]);
    } else if (sparse) {
      sparse_gradient(targets, run.inputs[1].data + begin, extents.columns, scale, gradient);
    } else {
      dense_gradient(targets, run.inputs[1].data + begin, extents.columns, scale, gradient);
    }
  });
}

}  // namespace antler::ops
