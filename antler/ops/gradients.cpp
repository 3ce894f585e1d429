#include "antler/ops/gradients.h"

#include "antler/core/error.h"
#include "antler/ops/kernels/gradients.h"
#include "antler/ops/ranges.h"

namespace antler::ops {
namespace {

void check_shape(const Shape& expected, const Shape& found) {
  if (expected == found) return;
  throw Error("values of shape {} cannot be added to those of shape {}", found.to_string(),
              expected.to_string());
}

}  // namespace

double sum_of_squares(ConstView values) {
  return kernels::sum_of_squares(values.data, values.size());
}

void scale(View values, float factor, float divisor) {
  for_each_range(values.size(), [&](int64_t begin, int64_t end) {
    kernels::scale(values.data + begin, end - begin, factor, divisor);
  });
}

void clip(View values, float limit) {
  for_each_range(values.size(),
                 [&](int64_t begin, int64_t end) { kernels::clip(values.data + begin, end - begin, limit); });
}

void accumulate(View sums, ConstView values) {
  check_shape(sums.shape, values.shape);
  for_each_range(sums.size(), [&](int64_t begin, int64_t end) {
    kernels::add(sums.data + begin, values.data + begin, end - begin);
  });
}

void decay(View weights, float weight_decay, float learning_rate) {
  for_each_range(weights.size(), [&](int64_t begin, int64_t end) {
    kernels::decay(weights.data + begin, end - begin, weight_decay, learning_rate);
  });
}

void average(View averages, ConstView values, float share, float rest) {
  check_shape(averages.shape, values.shape);
  for_each_range(averages.size(), [&](int64_t begin, int64_t end) {
    kernels::average(averages.data + begin, values.data + begin, end - begin, share, rest);
  });
}

}  // namespace antler::ops
