#include "antler/ops/kernels/gradients.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/gradients.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/update-inl.h"
#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// So few that float32 adds them up without loss worth mentioning.
constexpr int64_t block = 1024;

double sum_of_squares(const float* values, int64_t count) {
  double sum = 0.0;
  for (int64_t begin = 0; begin < count; begin += block) {
    Vector squares = hn::Zero(Floats());
    for_each_place(std::min(block, count - begin), [&](auto place) {
      const Vector value = load(values + begin, place);
      squares = hn::Add(squares, hn::Mul(value, value));
    });
    sum += static_cast<double>(hn::GetLane(hn::SumOfLanes(Floats(), squares)));
  }
  return sum;
}

void scale(float* values, int64_t count, float factor, float divisor) {
  for_each_run(count, [&](auto d, int64_t i) {
    const auto scaled = hn::Mul(hn::LoadU(d, values + i), hn::Set(d, factor));
    hn::StoreU(hn::Div(scaled, hn::Set(d, divisor)), d, values + i);
  });
}

void clip(float* values, int64_t count, float limit) {
  for_each_run(count, [&](auto d, int64_t i) {
    const auto high = hn::Set(d, limit);
    const auto low = hn::Set(d, -limit);
    const auto value = hn::LoadU(d, values + i);
    const auto above = hn::IfThenElse(hn::Lt(value, low), low, value);
    hn::StoreU(hn::IfThenElse(hn::Gt(above, high), high, above), d, values + i);
  });
}

void add(float* sums, const float* values, int64_t count) {
  for_each_run(count, [&](auto d, int64_t i) {
    hn::StoreU(hn::Add(hn::LoadU(d, sums + i), hn::LoadU(d, values + i)), d, sums + i);
  });
}

void add_rows(const RowsSum& sum) {
  for (int64_t row = 0; row < sum.rows; ++row) {
    float* to = sum.sums + row * sum.sums_step;
    const float* from = sum.values + row * sum.values_step;
    for_each_place(sum.columns,
                   [&](auto place) { store(hn::Add(load(to, place), load(from, place)), to, place); });
  }
}

void decay(float* weights, int64_t count, float weight_decay, float learning_rate) {
  for_each_run(count, [&](auto d, int64_t i) {
    const auto share = hn::Mul(hn::LoadU(d, weights + i), hn::Set(d, weight_decay));
    subtract_from(d, weights + i, hn::Mul(share, hn::Set(d, learning_rate)));
  });
}

void average(float* averages, const float* values, int64_t count, float share, float rest) {
  for_each_run(count, [&](auto d, int64_t i) {
    moving_average(d, averages + i, hn::LoadU(d, values + i), share, rest);
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(sum_of_squares);
double sum_of_squares(const float* values, int64_t count) {
  return HWY_DYNAMIC_DISPATCH(sum_of_squares)(values, count);
}

HWY_EXPORT(scale);
void scale(float* values, int64_t count, float factor, float divisor) {
  HWY_DYNAMIC_DISPATCH(scale)(values, count, factor, divisor);
}

HWY_EXPORT(clip);
void clip(float* values, int64_t count, float limit) {
  HWY_DYNAMIC_DISPATCH(clip)(values, count, limit);
}

HWY_EXPORT(add);
void add(float* sums, const float* values, int64_t count) {
  HWY_DYNAMIC_DISPATCH(add)(sums, values, count);
}

HWY_EXPORT(add_rows);
void add_rows(const RowsSum& sum) {
  HWY_DYNAMIC_DISPATCH(add_rows)(sum);
}

HWY_EXPORT(decay);
void decay(float* weights, int64_t count, float weight_decay, float learning_rate) {
  HWY_DYNAMIC_DISPATCH(decay)(weights, count, weight_decay, learning_rate);
}

HWY_EXPORT(average);
void average(float* averages, const float* values, int64_t count, float share, float rest) {
  HWY_DYNAMIC_DISPATCH(average)(averages, values, count, share, rest);
}

}  // namespace antler::ops::kernels
#endif
