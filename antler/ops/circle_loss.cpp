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

float inner_product(ConstView embeddings, int64_t a, int64_t b) {
  const int64_t size = embeddings.shape[1];
  const float* first = embeddings.data + a * size;
  return std::inner_product(first, first + size, embeddings.data + b * size, 0.0F);
}

}  // namespace

Shape CircleLoss::output_shape(std::span<const Shape> inputs) const {
  if (inputs[1].rank() != 2 || inputs[0].rank() < 1 || inputs[0].size() != inputs[1][0])
    refuse_loss_shapes(inputs, name());
  return Shape{inputs[1][0]};
}

void CircleLoss::forward(const ForwardContext& run) const {
  const ConstView embeddings = run.inputs[1];
  const int64_t batch = embeddings.shape[0];
  const float* labels = run.inputs[0].data;
  parallel_for(batch, [&](int64_t begin, int64_t end, int /*thread*/) {
    std::vector<Term> own(static_cast<size_t>(batch));
    std::vector<Term> others(static_cast<size_t>(batch));
    for (int64_t i = begin; i < end; ++i) {
      for (int64_t j = 0; j < batch; ++j) {
        const auto at = static_cast<size_t>(j);
        const float distance = 1.0F - inner_product(embeddings, i, j);
        const bool is_own = static_cast<int64_t>(labels[i]) == static_cast<int64_t>(labels[j]);
        own[at] =
            is_own && !(remove_diagonal && i == j) ? of_own_class(*this, std::max(distance, 0.0F)) : Term{};
        others[at] = is_own ? Term{} : of_another_class(*this, std::max(distance, 0.0F));
        if (distance < 0.0F) own[at].slope = others[at].slope = 0.0F;
      }
      const float sum = log_sum_exp(own) + log_sum_exp(others);
      run.output.data[i] = std::max(sum, 0.0F) + std::log1p(std::exp(-std::abs(sum)));
      const float outer = 1.0F / (1.0F + std::exp(-sum));
      for (int64_t j = 0; j < batch; ++j) {
        const auto at = static_cast<size_t>(j);
        run.saved[static_cast<size_t>(i * batch + j)] = outer * (own[at].slope + others[at].slope);
      }
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
