#include "antler/ops/sparsemax.h"

#include <algorithm>
#include <functional>

#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// t, and the k largest numbers that it is made of.
struct Threshold {
  double value;
  int64_t count;
};

Threshold threshold_of(std::span<const float> x, std::span<float> sorted) {
  std::ranges::copy(x, sorted.begin());
  std::ranges::sort(sorted, std::greater<>());
  double partial = 0.0;
  double sum = 0.0;
  int64_t count = 0;
  for (size_t i = 0; i < sorted.size(); ++i) {
    partial += double{sorted[i]};
    if (double{sorted[i]} <= (partial - 1.0) / static_cast<double>(i + 1)) continue;
    sum += partial;
    ++count;
  }
  return {(sum - 1.0) / static_cast<double>(count), count};
}

// The place of x[at] in descending order, from 0; of equals, the first comes first.
int64_t place_of(std::span<const float> x, size_t at) {
  int64_t place = 0;
  for (size_t i = 0; i < x.size(); ++i) place += x[i] > x[at] || (x[i] == x[at] && i < at) ? 1 : 0;
  return place;
}

// Calls work(first element of a row, memory for a row) for each row.
template <typename Work>
void for_each_row(const Shape& x, std::span<float> scratch, const Work& work) {
  const int64_t count = x.back();
  if (x.size() == 0) return;
  spread(x.size() / count, count, [&](int64_t begin, int64_t end, int thread) {
    const auto sorted = scratch.subspan(static_cast<size_t>(thread * count), static_cast<size_t>(count));
    for (int64_t row = begin; row < end; ++row) work(row * count, sorted);
  });
}

}  // namespace

int64_t Sparsemax::scratch_floats(std::span<const Shape> inputs) const {
  return thread_count() * inputs[0].back();
}

void Sparsemax::forward(const ForwardContext& run) const {
  for_each_row(run.output.shape, run.scratch, [&](int64_t first, std::span<float> sorted) {
    const std::span<const float> x(run.inputs[0].data + first, sorted.size());
    const double threshold = threshold_of(x, sorted).value;
    for (size_t i = 0; i < x.size(); ++i) {
      run.output.data[first + static_cast<int64_t>(i)] =
          static_cast<float>(std::max(double{x[i]} - threshold, 0.0));
    }
  });
}

// dx = g - (k - place) / k * sum(g) for the k largest, else g, with g = dy where y is not cut.
void Sparsemax::backward(const BackwardContext& run) const {
  if (run.input_gradients[0].data == nullptr) return;
  for_each_row(run.output_gradient.shape, run.scratch, [&](int64_t first, std::span<float> sorted) {
    const std::span<const float> x(run.inputs[0].data + first, sorted.size());
    const float* dy = run.output_gradient.data + first;
    float* dx = run.input_gradients[0].data + first;
    const Threshold threshold = threshold_of(x, sorted);
    double sum = 0.0;
    for (size_t i = 0; i < x.size(); ++i) {
      dx[i] = double{x[i]} >= threshold.value ? dy[i] : 0.0F;
      sum += double{dx[i]};
    }
    for (size_t i = 0; i < x.size(); ++i) {
      const int64_t behind = threshold.count - place_of(x, i);
      const double share =
          static_cast<double>(std::max<int64_t>(behind, 0)) / static_cast<double>(threshold.count);
      dx[i] -= static_cast<float>(share * sum);
    }
  });
}

}  // namespace antler::ops
