#include "antler/ops/circle_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/loss_rows.h"

namespace antler::ops {
namespace {

constexpr float minus_infinity = -std::numeric_limits<float>::infinity();

// What a pair adds to the sum under the logarithm, as an exponent, and its derivative by their distance.
struct Term {
  float exponent = minus_infinity;
  float slope = 0.0F;
};

Term of_own_class(const CircleLoss& loss, float distance) {
  return {-loss.gamma * (loss.margin + distance) * (loss.margin - distance), 2.0F * loss.gamma * distance};
}

Term of_another_class(const CircleLoss& loss, float distance) {
  const float weight = 1.0F + loss.margin - distance;
  if (weight < 0.0F) return {0.0F, 0.0F};
  return {loss.gamma * weight * (1.0F - loss.margin - distance), -2.0F * loss.gamma * (1.0F - distance)};
}

// The logarithm of the sum of exp(term); each term's slope becomes that of the whole.
float log_sum_exp(std::vector<Term>& terms) {
  float largest = minus_infinity;
  for (const Term& term : terms) largest = std::max(largest, term.exponent);
  if (largest == minus_infinity) return minus_infinity;
  float sum = 0.0F;
  for (const Term& term : terms) sum += std::exp(term.exponent - largest);
  for (Term& term : terms) term.slope *= std::exp(term.exponent - largest) / sum;
  return largest + std::log(sum);
}

// One sample held against all of its batch.
class Comparison {
 public:
  Comparison(const CircleLoss& loss, ConstView labels, ConstView embeddings)
      : loss_(loss),
        labels_(labels.data),
        embeddings_(embeddings),
        own_(static_cast<size_t>(embeddings.shape[0])),
        others_(own_.size()) {}

  // The loss of `sample`; leaves its derivative by each distance in `slopes`.
  float compare(int64_t sample, float* slopes) {
    for (size_t other = 0; other < own_.size(); ++other) compare_pair(sample, static_cast<int64_t>(other));
    const float sum = log_sum_exp(own_) + log_sum_exp(others_);
    const float outer = 1.0F / (1.0F + std::exp(-sum));
    for (size_t other = 0; other < own_.size(); ++other)
      slopes[other] = outer * (own_[other].slope + others_[other].slope);
    return std::max(sum, 0.0F) + std::log1p(std::exp(-std::abs(sum)));
  }

 private:
  void compare_pair(int64_t sample, int64_t other) {
    const auto at = static_cast<size_t>(other);
    const float distance = 1.0F - inner_product(sample, other);
    const bool is_own = static_cast<int64_t>(labels_[sample]) == static_cast<int64_t>(labels_[other]);
    const bool is_left_out = loss_.remove_diagonal && sample == other;
    const float shown = std::max(distance, 0.0F);
    own_[at] = is_own && !is_left_out ? of_own_class(loss_, shown) : Term{};
    others_[at] = is_own ? Term{} : of_another_class(loss_, shown);
    if (distance < 0.0F) own_[at].slope = others_[at].slope = 0.0F;
  }
  float inner_product(int64_t a, int64_t b) const {
    const int64_t size = embeddings_.shape[1];
    const float* first = embeddings_.data + a * size;
    return std::inner_product(first, first + size, embeddings_.data + b * size, 0.0F);
  }

  const CircleLoss& loss_;
  const float* labels_;
  ConstView embeddings_;
  std::vector<Term> own_;
  std::vector<Term> others_;
};

}  // namespace

Shape CircleLoss::output_shape(std::span<const Shape> inputs) const {
  if (inputs[1].rank() != 2 || inputs[0].rank() < 1 || inputs[0].size() != inputs[1][0])
    refuse_loss_shapes(inputs, name());
  return Shape{inputs[1][0]};
}

void CircleLoss::forward(const ForwardContext& run) const {
  const int64_t batch = run.inputs[1].shape[0];
  parallel_for(batch, [&](int64_t begin, int64_t end, int /*thread*/) {
    Comparison comparison(*this, run.inputs[0], run.inputs[1]);
    for (int64_t sample = begin; sample < end; ++sample) {
      run.output.data[sample] = comparison.compare(sample, run.saved.data() + sample * batch);
    }
  });
}

void CircleLoss::backward(const BackwardContext& run) const {
  const View gradient = run.input_gradients[1];
  if (gradient.data == nullptr) return;
  const int64_t batch = gradient.shape[0];
  const int64_t size = gradient.shape[1];
  const float* slopes = run.saved.data();
  const float* dy = run.output_gradient.data;
  parallel_for(batch, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t i = begin; i < end; ++i) {
      float* to = gradient.data + i * size;
      std::fill_n(to, size, 0.0F);
      for (int64_t j = 0; j < batch; ++j) {  // the pair counts in the result of either
        const float pair = dy[i] * slopes[i * batch + j] + dy[j] * slopes[j * batch + i];
        const float* other = run.inputs[1].data + j * size;
        for (int64_t k = 0; k < size; ++k) to[k] -= pair * other[k];
      }
    }
  });
}

}  // namespace antler::ops
