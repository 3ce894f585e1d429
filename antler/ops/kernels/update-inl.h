// What the loops of optimizers share. Compiled once for each instruction set, hence no `#pragma once`.
#if defined(ANTLER_OPS_KERNELS_UPDATE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_OPS_KERNELS_UPDATE_INL_H
#undef ANTLER_OPS_KERNELS_UPDATE_INL_H
#else
#define ANTLER_OPS_KERNELS_UPDATE_INL_H
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Calls body(tag, i) for i in steps of one lane.
template <typename Body>
HWY_INLINE void for_each_lane(int64_t begin, int64_t end, const Body& body) {
  const hn::CappedTag<float, 1> narrow;
  for (int64_t i = begin; i < end; ++i) body(narrow, i);
}

// Calls body(tag, i) for i in steps of a vector, then of one lane.
template <typename Body>
HWY_INLINE void for_each_run(int64_t count, const Body& body) {
  const hn::ScalableTag<float> wide;
  const auto lanes = static_cast<int64_t>(hn::Lanes(wide));
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) body(wide, i);
  for_each_lane(i, count, body);
}

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
