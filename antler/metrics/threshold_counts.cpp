#include "antler/metrics/threshold_counts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "antler/core/error.h"
#include "antler/metrics/counting.h"

namespace antler::metrics {
namespace {

constexpr float never = -1e10F;  // what Keras puts in place of predictions that are not among the top k

int64_t columns_of(const Shape& shape) {
  return shape.rank() > 1 ? shape.back() : 1;
}

// A row's predictions as they are held against thresholds.
class RowPredictions {
 public:
  RowPredictions(const ThresholdCounting& how, int64_t columns) : how_(how), columns_(columns) {}

  std::span<const float> read(const float* row) {
    values_.assign(row, row + columns_);
    if (how_.from_logits) {
      for (float& value : values_) value = 1.0F / (1.0F + std::exp(-value));
    }
    if (how_.top_k && *how_.top_k < columns_)
      keep_highest(static_cast<size_t>(std::max<int64_t>(*how_.top_k, 0)));
    return values_;
  }

 private:
  // Of equals the first.
  void keep_highest(size_t count) {
    order_.resize(values_.size());
    std::iota(order_.begin(), order_.end(), size_t{0});
    std::ranges::stable_sort(order_, [&](size_t a, size_t b) { return values_[a] > values_[b]; });
    for (size_t i = count; i < order_.size(); ++i) values_[order_[i]] = never;
  }

  const ThresholdCounting& how_;
  int64_t columns_;
  std::vector<float> values_;
  std::vector<size_t> order_;
};

// The four counts in a state.
struct Blocks {
  std::span<double> true_positives;
  std::span<double> false_positives;
  std::span<double> true_negatives;
  std::span<double> false_negatives;

  explicit Blocks(State& state) {
    const std::span<double> all(state);
    const size_t size = all.size() / 4;
    true_positives = all.subspan(0, size);
    false_positives = all.subspan(size, size);
    true_negatives = all.subspan(2 * size, size);
    false_negatives = all.subspan(3 * size, size);
  }
  std::span<double> of(bool positive, bool label) const {
    if (positive) return label ? true_positives : false_positives;
    return label ? false_negatives : true_negatives;
  }
};

// How many of evenly spaced thresholds a prediction is above: Keras's buckets, in its precision. NaN is above
// none.
size_t even_thresholds_below(const ThresholdCounting& how, float prediction) {
  const auto intervals = static_cast<float>(how.thresholds.size() - 1);
  float bucket = std::ceil(std::clamp(prediction, 0.0F, 1.0F) * intervals) - 1.0F;
  if (how.beyond_ends) bucket = std::max(bucket, 0.0F);
  return bucket >= 0.0F ? static_cast<size_t>(bucket) + 1 : 0;
}

void count_element(const ThresholdCounting& how, float prediction, bool label, double weight, size_t first,
                   size_t labels, const Blocks& blocks) {
  const size_t below = how.evenly && !std::isnan(prediction) ? even_thresholds_below(how, prediction) : 0;
  for (size_t t = 0; t < how.thresholds.size(); ++t) {
    const bool positive = how.evenly ? t < below : prediction > how.thresholds[t];
    blocks.of(positive, label)[t * labels + first] += weight;
  }
}

}  // namespace

void ThresholdCounting::check(const Shape& y_true, const Shape& y_pred) const {
  check_equal_elements(y_true, y_pred);
  const int64_t columns = columns_of(y_pred);
  if (class_id && (y_pred.rank() < 2 || *class_id < -columns || *class_id >= columns)) {
    throw Error("class {} was asked for of predictions of shape {}", *class_id, y_pred.to_string());
  }
  if (by_label && y_pred.rank() != 2)
    throw Error("predictions have the shape {}; with multi_label they must be (batch, labels)",
                y_pred.to_string());
  const auto weights = static_cast<int64_t>(label_weights.size());
  if (weights > 1 && weights != columns)
    throw Error("there are {} label weights for predictions of shape {}", weights, y_pred.to_string());
}

void ThresholdCounting::count(const Batch& batch, State& state) const {
  check(batch.y_true.shape, batch.y_pred.shape);
  const int64_t columns = columns_of(batch.y_pred.shape);
  const size_t labels = by_label ? static_cast<size_t>(columns) : 1;
  begin(state, 4 * thresholds.size() * labels);
  const Blocks blocks(state);
  const int64_t size = batch.y_pred.size();
  const Weights weights(batch.sample_weights, size);
  RowPredictions predictions(*this, columns);
  const int64_t first = !class_id ? 0 : *class_id < 0 ? *class_id + columns : *class_id;
  const int64_t last = class_id ? first + 1 : columns;
  for (int64_t row = 0; row * columns < size; ++row) {
    const std::span<const float> scores = predictions.read(batch.y_pred.data + row * columns);
    for (int64_t column = first; column < last; ++column) {
      const auto at = static_cast<size_t>(column);
      double weight = weights[row * columns + column];
      if (!by_label && !label_weights.empty())
        weight *= double{label_weights[label_weights.size() == 1 ? 0 : at]};
      const bool label = batch.y_true.data[row * columns + column] != 0.0F;
      count_element(*this, scores[at], label, weight, by_label ? at : 0, labels, blocks);
    }
  }
}

bool are_even(std::span<const double> thresholds) {
  if (thresholds.size() < 3) return false;
  for (size_t i = 0; i < thresholds.size(); ++i) {
    const double even =
        static_cast<double>(static_cast<float>(i) / static_cast<float>(thresholds.size() - 1));
    if (std::abs(thresholds[i] - even) > 1e-7 + 1e-5 * even) return false;
  }
  return true;
}

ThresholdCounts::ThresholdCounts(const State& state, size_t threshold_count) : thresholds(threshold_count) {
  State counts = state;
  labels = counts.empty() ? 1 : std::max<size_t>(counts.size() / (4 * thresholds), 1);
  begin(counts, 4 * thresholds * labels);
  const Blocks blocks(counts);
  true_positives.assign(blocks.true_positives.begin(), blocks.true_positives.end());
  false_positives.assign(blocks.false_positives.begin(), blocks.false_positives.end());
  true_negatives.assign(blocks.true_negatives.begin(), blocks.true_negatives.end());
  false_negatives.assign(blocks.false_negatives.begin(), blocks.false_negatives.end());
}

std::vector<double> shares(std::span<const double> a, std::span<const double> b) {
  std::vector<double> all;
  for (size_t i = 0; i < a.size(); ++i) all.push_back(divide(a[i], a[i] + b[i]));
  return all;
}

}  // namespace antler::metrics
