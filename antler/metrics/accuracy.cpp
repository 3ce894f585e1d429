#include "antler/metrics/accuracy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "antler/metrics/counting.h"
#include "antler/metrics/means.h"

namespace antler::metrics {
namespace {

struct Row {
  const float* data;
  int64_t columns;
};

// The first of the largest; NaN is never it.
int64_t largest_column(Row row) {
  int64_t best = 0;
  float most = -std::numeric_limits<float>::infinity();
  for (int64_t c = 0; c < row.columns; ++c) {
    if (row.data[c] > most) {
      most = row.data[c];
      best = c;
    }
  }
  return best;
}

// As TensorFlow's in_top_k: columns as high as the target's do not count against it, and a number that is not
// finite makes a row wrong.
bool in_top_k(Row row, float target, int64_t k) {
  if (!(target >= 0.0F && target < static_cast<float>(row.columns))) return false;
  const float bar = row.data[static_cast<int64_t>(target)];
  if (!std::isfinite(bar)) return false;
  int64_t above = 0;
  for (int64_t c = 0; c < row.columns; ++c) {
    if (!std::isfinite(row.data[c])) return false;
    if (row.data[c] > bar) ++above;
  }
  return above < k;
}

bool among_first(Row row, float target, int64_t k) {
  const int64_t count = std::min(k, row.columns);
  return std::find(row.data, row.data + count, target) != row.data + count;
}

int64_t columns_of(ConstView view) {
  return view.shape.rank() > 1 ? view.shape.back() : 1;
}

Row row_of(ConstView view, int64_t row) {
  const int64_t columns = columns_of(view);
  return {view.data + row * columns, columns};
}

float class_of(ConstView y_true, int64_t row) {
  return static_cast<float>(largest_column(row_of(y_true, row)));
}

template <typename IsRight>
SampleValues matches(const Batch& batch, int64_t count, const IsRight& is_right) {
  SampleValues values{.values = {}, .samples = batch.y_pred.shape[0]};
  values.values.reserve(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) values.values.push_back(is_right(i) ? 1.0F : 0.0F);
  return values;
}

// A metric that asks is_right(batch, element).
template <typename IsRight>
Recipe of_elements(const IsRight& is_right) {
  const auto values = [is_right](const Batch& batch) {
    check_equal_elements(batch.y_true.shape, batch.y_pred.shape);
    return matches(batch, batch.y_pred.size(), [&](int64_t i) { return is_right(batch, i); });
  };
  return mean_of(values, check_equal_elements);
}

void check_rows(const Shape& y_true, const Shape& y_pred) {
  if (y_true.rank() < 1 || y_pred.rank() < 1 || rows_of_sample(y_true) != rows_of_sample(y_pred))
    refuse_shapes(y_true, y_pred);
}

void check_targets_of_rows(const Shape& y_true, const Shape& y_pred) {
  if (y_true.rank() < 1 || y_pred.rank() < 1 || elements_of_sample(y_true) != rows_of_sample(y_pred))
    refuse_shapes(y_true, y_pred);
}

// A metric that asks is_right(row of scores, the row's class): the targets are one-hot, or if sparse the
// classes themselves.
template <typename IsRight>
Recipe of_rows(bool sparse, const IsRight& is_right) {
  const auto check = sparse ? check_targets_of_rows : check_rows;
  const auto values = [=](const Batch& batch) {
    check(batch.y_true.shape, batch.y_pred.shape);
    return matches(batch, batch.y_pred.size() / std::max<int64_t>(columns_of(batch.y_pred), 1),
                   [&](int64_t row) {
                     const float target = sparse ? batch.y_true.data[row] : class_of(batch.y_true, row);
                     return is_right(row_of(batch.y_pred, row), target);
                   });
  };
  return mean_of(values, check);
}

constexpr auto is_largest = [](Row row, float target) {
  return target == static_cast<float>(largest_column(row));
};

}  // namespace

Recipe read_accuracy(Settings& /*settings*/) {
  return of_elements(
      [](const Batch& batch, int64_t i) { return batch.y_true.data[i] == batch.y_pred.data[i]; });
}

Recipe read_binary_accuracy(Settings& settings) {
  const double threshold = settings.number("threshold", 0.5);
  const auto least = static_cast<float>(threshold);
  Recipe recipe = of_elements([least](const Batch& batch, int64_t i) {
    return batch.y_true.data[i] == (batch.y_pred.data[i] > least ? 1.0F : 0.0F);
  });
  recipe.config["threshold"] = threshold;
  return recipe;
}

Recipe read_categorical_accuracy(Settings& /*settings*/) {
  return of_rows(false, is_largest);
}

Recipe read_sparse_categorical_accuracy(Settings& /*settings*/) {
  return of_rows(true, is_largest);
}

Recipe read_top_k_categorical_accuracy(Settings& settings) {
  const int64_t k = settings.integer("k", 5);
  Recipe recipe = of_rows(false, [k](Row row, float target) { return in_top_k(row, target, k); });
  recipe.config["k"] = k;
  return recipe;
}

Recipe read_sparse_top_k_categorical_accuracy(Settings& settings) {
  const int64_t k = settings.integer("k", 5);
  const bool from_sorted_ids = settings.flag("from_sorted_ids", false);
  Recipe recipe = of_rows(true, [k, from_sorted_ids](Row row, float target) {
    return from_sorted_ids ? among_first(row, target, k) : in_top_k(row, target, k);
  });
  recipe.config["k"] = k;
  if (from_sorted_ids) recipe.config["from_sorted_ids"] = true;
  return recipe;
}

Metric Accuracy(const AccuracyOptions& options) {
  return Metric::of_class("Accuracy", options.name);
}
Metric CategoricalAccuracy(const AccuracyOptions& options) {
  return Metric::of_class("CategoricalAccuracy", options.name);
}
Metric SparseCategoricalAccuracy(const AccuracyOptions& options) {
  return Metric::of_class("SparseCategoricalAccuracy", options.name);
}
Metric BinaryAccuracy(const BinaryAccuracyOptions& options) {
  return Metric::of_class("BinaryAccuracy", options.name, {{"threshold", options.threshold}});
}
Metric TopKCategoricalAccuracy(const TopKOptions& options) {
  return Metric::of_class("TopKCategoricalAccuracy", options.name, {{"k", options.k}});
}
Metric SparseTopKCategoricalAccuracy(const SparseTopKOptions& options) {
  return Metric::of_class("SparseTopKCategoricalAccuracy", options.name,
                          {{"k", options.k}, {"from_sorted_ids", options.from_sorted_ids}});
}

}  // namespace antler::metrics
