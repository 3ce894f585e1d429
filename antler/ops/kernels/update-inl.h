// What the loops of optimizers share. Compiled once for each instruction set, hence no `#pragma once`.
#if defined(ANTLER_OPS_KERNELS_UPDATE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_OPS_KERNELS_UPDATE_INL_H
#undef ANTLER_OPS_KERNELS_UPDATE_INL_H
#else
#define ANTLER_OPS_KERNELS_UPDATE_INL_H
#endif

#include <hwy/highway.h>

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

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
