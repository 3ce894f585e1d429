#include "antler/metrics/correlation.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "antler/core/error.h"
#include "antler/metrics/counting.h"
#include "antler/metrics/means.h"

namespace antler::metrics {
namespace {

constexpr double epsilon = 1e-7;

// A line's targets and predictions.
struct Line {
  std::vector<double> y;
  std::vector<double> p;
};

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// The mean of (a - from_a) * (b - from_b).
double mean_product(const std::vector<double>& a, double from_a, const std::vector<double>& b,
                    double from_b) {
  double sum = 0.0;
  for (size_t i = 0; i < a.size(); ++i) sum += (a[i] - from_a) * (b[i] - from_b);
  return sum / static_cast<double>(a.size());
}

double variance(const std::vector<double>& values) {
  const double middle = mean(values);
  return mean_product(values, middle, values, middle);
}

double cosine(const Line& line) {
  const auto count = static_cast<double>(line.y.size());
  const auto inverse_norm = [&](const std::vector<double>& values) {
    return std::min(1.0 / std::sqrt(count * mean_product(values, 0.0, values, 0.0)), 1.0 / epsilon);
  };
  return count * mean_product(line.y, 0.0, line.p, 0.0) * inverse_norm(line.y) * inverse_norm(line.p);
}

double pearson(const Line& line) {
  return mean_product(line.y, mean(line.y), line.p, mean(line.p)) /
         (std::sqrt(variance(line.y)) * std::sqrt(variance(line.p)));
}

double concordance(const Line& line) {
  const double middle = mean(line.p);
  const double apart = mean(line.y) - middle;
  return 2.0 * mean_product(line.y, middle, line.p, middle) /
         (variance(line.y) + variance(line.p) + apart * apart + epsilon);
}

// Predictions (batch, ...) as lines along an axis: `inner` of them lie side by side.
struct Lines {
  int64_t outer = 1;
  int64_t length;
  int64_t inner = 1;

  Lines(const Shape& shape, int axis) : length(shape[axis]) {
    const int at = shape.checked_axis(axis);
    for (int each = 0; each < at; ++each) outer *= shape[each];
    for (int each = at + 1; each < shape.rank(); ++each) inner *= shape[each];
  }
};

// As many values as there are lines; the first axis that is left counts samples.
template <typename Formula>
SampleValues values_of_lines(const Batch& batch, int axis, const Formula& formula) {
  const Lines lines(batch.y_pred.shape, axis);
  SampleValues values;
  Line line{std::vector<double>(static_cast<size_t>(lines.length)),
            std::vector<double>(static_cast<size_t>(lines.length))};
  for (int64_t at = 0; at < lines.outer * lines.inner; ++at) {
    const int64_t begin = at / lines.inner * lines.length * lines.inner + at % lines.inner;
    for (int64_t i = 0; i < lines.length; ++i) {
      line.y[static_cast<size_t>(i)] = double{batch.y_true.data[begin + i * lines.inner]};
      line.p[static_cast<size_t>(i)] = double{batch.y_pred.data[begin + i * lines.inner]};
    }
    values.values.push_back(static_cast<float>(formula(line)));
  }
  const bool over_batch = batch.y_pred.shape.checked_axis(axis) == 0;
  const int samples_axis = over_batch ? 1 : 0;
  values.samples = samples_axis < batch.y_pred.shape.rank() ? batch.y_pred.shape[samples_axis] : 1;
  return values;
}

template <typename Formula>
Recipe of_lines(Settings& settings, const Formula& formula) {
  const auto axis = static_cast<int>(settings.integer("axis", -1));
  const auto check = [axis](const Shape& y_true, const Shape& y_pred) {
    check_equal_elements(y_true, y_pred);
    (void)y_pred.checked_axis(axis);
  };
  const auto values = [=](const Batch& batch) {
    check(batch.y_true.shape, batch.y_pred.shape);
    return values_of_lines(batch, axis, formula);
  };
  Recipe recipe = mean_of(values, check);
  recipe.config["axis"] = axis;
  return recipe;
}

Metric of_class(const char* class_name, const CorrelationOptions& options) {
  return Metric::of_class(class_name, options.name, {{"axis", options.axis}});
}

}  // namespace

Recipe read_cosine_similarity(Settings& settings) {
  Recipe recipe = of_lines(settings, cosine);
  if (recipe.config["axis"] == -1) recipe.config.erase("axis");  // Keras reads it, but forgets to write it
  return recipe;
}
Recipe read_pearson_correlation(Settings& settings) {
  return of_lines(settings, pearson);
}
Recipe read_concordance_correlation(Settings& settings) {
  return of_lines(settings, concordance);
}

Metric CosineSimilarity(const CorrelationOptions& options) {
  return of_class("CosineSimilarity", options);
}
Metric PearsonCorrelation(const CorrelationOptions& options) {
  return of_class("PearsonCorrelation", options);
}
Metric ConcordanceCorrelation(const CorrelationOptions& options) {
  return of_class("ConcordanceCorrelation", options);
}

}  // namespace antler::metrics
