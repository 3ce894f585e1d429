#include "antler/data/stratified.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/argmax.h"

namespace antler {
namespace {

using RowNumbers = std::vector<int64_t>;

// One for each row.
std::vector<float> class_numbers(const Tensor& labels) {
  const Shape& shape = labels.shape();
  if (!labels.empty() && labels.size() == labels.rows()) return {labels.span().begin(), labels.span().end()};
  if (labels.empty() || shape.rank() != 2) {
    throw Error("labels to split by have the shape {}; expected (rows,), or (rows, classes)",
                shape.to_string());
  }
  const std::vector<int> places = argmax(labels);
  return {places.begin(), places.end()};
}

// The rows of each class, in random order.
std::vector<RowNumbers> rows_of_classes(const Tensor& labels, const RandomStream& random) {
  const std::vector<float> numbers = class_numbers(labels);
  std::map<float, RowNumbers> classes;
  for (const int64_t row : random.permutation(labels.rows()))
    classes[numbers[static_cast<size_t>(row)]].push_back(row);
  std::vector<RowNumbers> rows;
  for (auto& [label, of_class] : classes) rows.push_back(std::move(of_class));
  return rows;
}

Split split_by(const std::vector<bool>& is_held_out) {
  Split split;
  for (size_t row = 0; row < is_held_out.size(); ++row)
    (is_held_out[row] ? split.held_out : split.training).push_back(static_cast<int64_t>(row));
  return split;
}

// How many rows of each class to hold out of `total`: its share, rounded so that the sum is right, where
// rounding down loses most first.
RowNumbers held_out_counts(const std::vector<RowNumbers>& classes, int64_t total, int64_t rows) {
  RowNumbers counts;
  std::vector<double> lost;
  for (const RowNumbers& of_class : classes) {
    const double exact =
        static_cast<double>(of_class.size()) * static_cast<double>(total) / static_cast<double>(rows);
    counts.push_back(static_cast<int64_t>(exact));
    lost.push_back(exact - std::floor(exact));
  }
  std::vector<size_t> order(classes.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](size_t a, size_t b) { return lost[a] > lost[b]; });
  const int64_t missing = total - std::accumulate(counts.begin(), counts.end(), int64_t{0});
  for (int64_t i = 0; i < missing; ++i) ++counts[order[static_cast<size_t>(i)]];
  return counts;
}

}  // namespace

// The rows, sorted by class, are dealt to the folds one after the other: that says how many of each class a
// fold gets. Which of them, chance has said before.
std::vector<Split> stratified_k_fold(const Tensor& labels, int64_t folds, uint64_t seed) {
  const auto classes = rows_of_classes(labels, RandomStream(seed, stream_of("stratified k-fold")));
  const auto most = std::ranges::max(classes, {}, &RowNumbers::size).size();
  if (folds < 2 || folds > static_cast<int64_t>(most))
    throw Error("{} folds of labels whose largest class has {} rows; expected 2 to {}", folds, most, most);
  const auto rows = static_cast<size_t>(labels.rows());
  std::vector is_held_out(static_cast<size_t>(folds), std::vector<bool>(rows));
  size_t dealt = 0;
  for (const RowNumbers& of_class : classes) {
    for (const int64_t row : of_class)
      is_held_out[dealt++ % static_cast<size_t>(folds)][static_cast<size_t>(row)] = true;
  }
  std::vector<Split> splits;
  for (const std::vector<bool>& fold : is_held_out) splits.push_back(split_by(fold));
  return splits;
}

Split stratified_split(const Tensor& labels, double held_out, uint64_t seed) {
  if (!(held_out > 0.0 && held_out < 1.0))
    throw Error("the share to hold out is {}; expected more than 0 and less than 1", held_out);
  const auto classes = rows_of_classes(labels, RandomStream(seed, stream_of("stratified split")));
  const int64_t rows = labels.rows();
  const auto total = static_cast<int64_t>(std::ceil(held_out * static_cast<double>(rows)));
  if (total >= rows) throw Error("{} of {} rows held out leave none to train on", total, rows);
  const RowNumbers counts = held_out_counts(classes, total, rows);
  std::vector<bool> is_held_out(static_cast<size_t>(rows));
  for (size_t i = 0; i < classes.size(); ++i) {
    for (int64_t j = 0; j < counts[i]; ++j)
      is_held_out[static_cast<size_t>(classes[i][static_cast<size_t>(j)])] = true;
  }
  return split_by(is_held_out);
}

}  // namespace antler
