// What the loops of optimizers share. Compiled once for each instruction set, hence no `#pragma once`.
#if defined(ANTLER_OPS_KERNELS_UPDATE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_OPS_KERNELS_UPDATE_INL_H
#undef ANTLER_OPS_KERNELS_UPDATE_INL_H
#else
#define ANTLER_OPS_KERNELS_UPDATE_INL_H
#endif

#include <hwy/highway.h>

#include <limits>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename Tag>
HWY_INLINE void subtract_from(Tag d, float* values, hn::Vec<Tag> amount) {
  hn::StoreU(hn::Sub(hn::LoadU(d, values), amount), d, values);
}

// share * average + rest * value, which becomes the average.
template <typename Tag>
HWY_INLINE hn::Vec<Tag> moving_average(Tag d, float* average, hn::Vec<Tag> value, float share, float rest) {
  const auto moved =
      hn::Add(hn::Mul(hn::Set(d, share), hn::LoadU(d, average)), hn::Mul(hn::Set(d, rest), value));
  hn::StoreU(moved, d, average);
  return moved;
}

// average + (value - average) * rest, which becomes the average.
template <typename Tag>
HWY_INLINE hn::Vec<Tag> approach(Tag d, float* average, hn::Vec<Tag> value, float rest) {
  const auto old = hn::LoadU(d, average);
  const auto moved = hn::Add(old, hn::Mul(hn::Sub(value, old), hn::Set(d, rest)));
  hn::StoreU(moved, d, average);
  return moved;
}

// Roots and quotients of whole AVX-512 vectors take the processor longer than all else in an update. There an
// estimate of 14 bits, which a step of Newton's doubles, gives them but for the last digit.
template <typename Tag>
constexpr bool estimates_roots = hn::MaxLanes(Tag()) == 16 && HWY_TARGET <= HWY_AVX3;

// Newton's step needs numbers between those so small that they have fewer digits, and infinity.
template <typename Tag>
HWY_INLINE bool are_ordinary(Tag d, hn::Vec<Tag> x) {
  const auto least = hn::Set(d, 4.0F * std::numeric_limits<float>::min());
  const auto most = hn::Set(d, std::numeric_limits<float>::max());
  return hn::AllTrue(d, hn::And(hn::Ge(x, least), hn::Le(x, most)));
}

template <typename Tag>
HWY_INLINE hn::Vec<Tag> estimated_reciprocal_root(Tag d, hn::Vec<Tag> x) {
  const auto estimate = hn::ApproximateReciprocalSqrt(x);
  const auto half = hn::Mul(hn::Set(d, 0.5F), x);
  return hn::Mul(estimate, hn::NegMulAdd(hn::Mul(half, estimate), estimate, hn::Set(d, 1.5F)));
}

// sqrt(x)
template <typename Tag>
HWY_INLINE hn::Vec<Tag> root(Tag d, hn::Vec<Tag> x) {
  if constexpr (estimates_roots<Tag>) {
    if (HWY_LIKELY(are_ordinary(d, x))) return hn::Mul(x, estimated_reciprocal_root(d, x));
  }
  return hn::Sqrt(x);
}

// numerator / sqrt(x)
template <typename Tag>
HWY_INLINE hn::Vec<Tag> over_root(Tag d, hn::Vec<Tag> numerator, hn::Vec<Tag> x) {
  if constexpr (estimates_roots<Tag>) {
    if (HWY_LIKELY(are_ordinary(d, x))) return hn::Mul(numerator, estimated_reciprocal_root(d, x));
  }
  return hn::Div(numerator, hn::Sqrt(x));
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
