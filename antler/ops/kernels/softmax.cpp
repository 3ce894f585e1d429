#include "antler/ops/kernels/softmax.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/softmax.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// Fills the rest of a line's last vector: its exponential is 0.
constexpr float nothing = -HUGE_VALF;

HWY_INLINE float largest(const float* x, int64_t count) {
  const Floats d;
  Vector best = constant(nothing);
  for_each_place(count, [&](auto place) { best = hn::Max(best, load(x, place, nothing)); });
  return hn::GetLane(hn::MaxOfLanes(d, best));
}

void softmax(const float* x, int64_t count, bool logarithm, float* y) {
  const Vector shift = constant(largest(x, count));
  Vector sums = hn::Zero(Floats());
  for_each_place(count, [&](auto place) {
    const Vector e = exponential(hn::Sub(load(x, place, nothing), shift));
    sums = hn::Add(sums, e);
    if (!logarithm) store(e, y, place);
  });
  const float sum = hn::GetLane(hn::SumOfLanes(Floats(), sums));
  const Vector last = constant(logarithm ? std::log(sum) : 1.0F / sum);
  for_each_place(count, [&](auto place) {
    store(logarithm ? hn::Sub(hn::Sub(load(x, place), shift), last) : hn::Mul(load(y, place), last), y,
          place);
  });
}

HWY_INLINE Vector gradient_term(Vector y, Vector dy, bool logarithm) {
  return logarithm ? dy : hn::Mul(dy, y);
}

HWY_INLINE Vector gradient(Vector y, Vector dy, Vector sum, bool logarithm) {
  return logarithm ? hn::NegMulAdd(exponential(y), sum, dy) : hn::Mul(y, hn::Sub(dy, sum));
}

void softmax_gradient(const float* y, const float* dy, int64_t count, bool logarithm, float* dx) {
  Vector sums = hn::Zero(Floats());
  for_each_place(count, [&](auto place) {
    sums = hn::Add(sums, gradient_term(load(y, place), load(dy, place), logarithm));
  });
  const Vector sum = hn::SumOfLanes(Floats(), sums);
  for_each_place(count, [&](auto place) {
    store(gradient(load(y, place), load(dy, place), sum, logarithm), dx, place);
  });
}

void softmax_across(const float* x, int64_t count, int64_t lines, bool logarithm, float* y) {
  for_each_place(lines, [&](auto place) {
    Vector shift = constant(nothing);
    for (int64_t k = 0; k < count; ++k) shift = hn::Max(shift, load(x + k * lines, place));
    Vector sum = hn::Zero(Floats());
    for (int64_t k = 0; k < count; ++k) {
      const Vector e = exponential(hn::Sub(load(x + k * lines, place), shift));
      sum = hn::Add(sum, e);
      if (!logarithm) store(e, y + k * lines, place);
    }
    // Highway's logarithm does not keep NaN.
    const Vector log_sum = hn::IfThenElse(hn::IsNaN(sum), sum, hn::Log(Floats(), sum));
    for (int64_t k = 0; k < count; ++k) {
      const Vector value = logarithm ? hn::Sub(hn::Sub(load(x + k * lines, place), shift), log_sum)
                                     : hn::Div(load(y + k * lines, place), sum);
      store(value, y + k * lines, place);
    }
  });
}

void softmax_gradient_across(const float* y, const float* dy, int64_t count, int64_t lines, bool logarithm,
                             float* dx) {
  for_each_place(lines, [&](auto place) {
    Vector sum = hn::Zero(Floats());
    for (int64_t k = 0; k < count; ++k) {
      sum = hn::Add(sum, gradient_term(load(y + k * lines, place), load(dy + k * lines, place), logarithm));
    }
    for (int64_t k = 0; k < count; ++k) {
      store(gradient(load(y + k * lines, place), load(dy + k * lines, place), sum, logarithm), dx + k * lines,
            place);
    }
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(softmax);
void softmax(const float* x, int64_t count, bool logarithm, float* y) {
  HWY_DYNAMIC_DISPATCH(softmax)(x, count, logarithm, y);
}

HWY_EXPORT(softmax_gradient);
void softmax_gradient(const float* y, const float* dy, int64_t count, bool logarithm, float* dx) {
  HWY_DYNAMIC_DISPATCH(softmax_gradient)(y, dy, count, logarithm, dx);
}

HWY_EXPORT(softmax_across);
void softmax_across(const float* x, int64_t count, int64_t lines, bool logarithm, float* y) {
  HWY_DYNAMIC_DISPATCH(softmax_across)(x, count, lines, logarithm, y);
}

HWY_EXPORT(softmax_gradient_across);
void softmax_gradient_across(const float* y, const float* dy, int64_t count, int64_t lines, bool logarithm,
                             float* dx) {
  HWY_DYNAMIC_DISPATCH(softmax_gradient_across)(y, dy, count, lines, logarithm, dx);
}

}  // namespace antler::ops::kernels
#endif
