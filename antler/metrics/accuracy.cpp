#include "antler/metrics/accuracy.h"

#include <cmath>
#include <limits>

#include "antler/ops/loss_rows.h"

namespace antler::metrics {
namespace {

// The first of the largest; NaN is never it.
int64_t largest_column(const float* row, int64_t columns) {
  int64_t best = 0;
  float most = -std::numeric_limits<float>::infinity();
  for (int64_t c = 0; c < columns; ++c) {
    if (row[c] > most) {
      most = row[c];
      best = c;
    }
  }
  return best;
}

// As TensorFlow's in_top_k: columns as high as the target's do not count against it, and a number that is not
// finite makes a row wrong.
bool in_top_k(const float* row, int64_t columns, float target, double k) {
  if (!(target >= 0.0F && target < static_cast<float>(columns))) return false;
  const float bar = row[static_cast<int64_t>(target)];
  if (!std::isfinite(bar)) return false;
  int64_t above = 0;
  for (int64_t c = 0; c < columns; ++c) {
    if (!std::isfinite(row[c])) return false;
    if (row[c] > bar) ++above;
  }
  return static_cast<double>(above) < k;
}

int64_t columns_of(ConstView view) {
  return ops::LossRows(view.shape).columns;
}

// Samples' sum when `is_right(i)` is asked of `count` predictions, the same number of each sample's.
template <typename IsRight>
double sum_over_samples(ConstView y_pred, int64_t count, const IsRight& is_right) {
  int64_t right = 0;
  for (int64_t i = 0; i < count; ++i) right += is_right(i) ? 1 : 0;
  if (count == 0) return 0.0;
  return static_cast<double>(right) * static_cast<double>(y_pred.shape[0]) / static_cast<double>(count);
}

template <typename IsRight>
double sum_over_rows(ConstView y_pred, const IsRight& is_right) {
  const int64_t columns = columns_of(y_pred);
  const auto is_right_row = [&](int64_t row) { return is_right(row, y_pred.data + row * columns, columns); };
  return sum_over_samples(y_pred, y_pred.size() / columns, is_right_row);
}

float largest_target(ConstView y_true, int64_t row) {
  const int64_t columns = columns_of(y_true);
  return static_cast<float>(largest_column(y_true.data + row * columns, columns));
}

}  // namespace

double equal_elements(ConstView y_true, ConstView y_pred, double /*unused*/) {
  return sum_over_samples(y_pred, y_pred.size(), [&](int64_t i) { return y_true.data[i] == y_pred.data[i]; });
}

double binary_matches(ConstView y_true, ConstView y_pred, double threshold) {
  const auto least = static_cast<float>(threshold);
  return sum_over_samples(y_pred, y_pred.size(), [&](int64_t i) {
    return y_true.data[i] == (y_pred.data[i] > least ? 1.0F : 0.0F);
  });
}

double categorical_matches(ConstView y_true, ConstView y_pred, double /*unused*/) {
  return sum_over_rows(y_pred, [&](int64_t row, const float* scores, int64_t columns) {
    return largest_target(y_true, row) == static_cast<float>(largest_column(scores, columns));
  });
}

double sparse_matches(ConstView y_true, ConstView y_pred, double /*unused*/) {
  return sum_over_rows(y_pred, [&](int64_t row, const float* scores, int64_t columns) {
    return y_true.data[row] == static_cast<float>(largest_column(scores, columns));
  });
}

double top_k_matches(ConstView y_true, ConstView y_pred, double k) {
  return sum_over_rows(y_pred, [&](int64_t row, const float* scores, int64_t columns) {
    return in_top_k(scores, columns, largest_target(y_true, row), k);
  });
}

double sparse_top_k_matches(ConstView y_true, ConstView y_pred, double k) {
  return sum_over_rows(y_pred, [&](int64_t row, const float* scores, int64_t columns) {
    return in_top_k(scores, columns, y_true.data[row], k);
  });
}

}  // namespace antler::metrics
