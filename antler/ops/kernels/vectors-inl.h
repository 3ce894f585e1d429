// What the kernels on runs of floats share. Compiled once for each instruction set, hence no `#pragma once`.
#if defined(ANTLER_OPS_KERNELS_VECTORS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_OPS_KERNELS_VECTORS_INL_H
#undef ANTLER_OPS_KERNELS_VECTORS_INL_H
#else
#define ANTLER_OPS_KERNELS_VECTORS_INL_H
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>
#include <utility>

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using Lane = hn::CappedTag<float, 1>;  // the same code, a lane wide, for what is left of a run
using Vector = hn::Vec<Floats>;
constexpr auto most_lanes = static_cast<int64_t>(HWY_MAX_BYTES / sizeof(float));

/// Calls body(tag, i) for i in steps of a vector, for what is left in steps of half a one, and so on down to
/// four lanes, then of one lane: a dozen channels are one step or two.
template <typename Tag = Floats, typename Body>
HWY_INLINE void for_each_run(int64_t count, const Body& body, int64_t from = 0) {
  const auto lanes = static_cast<int64_t>(hn::Lanes(Tag()));
  int64_t i = from;
  for (; i + lanes <= count; i += lanes) body(Tag(), i);
  if constexpr (hn::MaxLanes(Tag()) > 4) {
    for_each_run<hn::Half<Tag>>(count, body, i);
  } else if constexpr (hn::MaxLanes(Tag()) > 1) {
    for_each_run<Lane>(count, body, i);
  }
}

/// The place of a vector in a run: `lanes` floats from `at` on, fewer than a vector has when `partial`.
template <bool partial_>
struct Place {
  static constexpr bool partial = partial_;
  int64_t at;
  int64_t lanes;
};

/// Calls body(place) for each vector of a run.
template <typename Body>
HWY_INLINE void for_each_place(int64_t count, const Body& body) {
  const auto lanes = static_cast<int64_t>(hn::Lanes(Floats()));
  int64_t at = 0;
  for (; at + lanes <= count; at += lanes) body(Place<false>{at, lanes});
  if (at < count) body(Place<true>{at, count - at});
}

/// Before AVX2 there are no loads and stores that skip lanes.
constexpr bool has_masked_access = HWY_TARGET <= HWY_AVX2;

/// `filler` stands for what is not in the run.
template <bool partial>
HWY_INLINE Vector load(const float* run, Place<partial> place, float filler = 0.0F) {
  const Floats d;
  if constexpr (!partial) {
    return hn::LoadU(d, run + place.at);
  } else if constexpr (has_masked_access) {
    const auto inside = hn::FirstN(d, static_cast<size_t>(place.lanes));
    return hn::IfThenElse(inside, hn::MaskedLoad(inside, d, run + place.at), hn::Set(d, filler));
  } else {
    HWY_ALIGN std::array<float, most_lanes> buffer;
    buffer.fill(filler);
    std::copy_n(run + place.at, place.lanes, buffer.data());
    return hn::Load(d, buffer.data());
  }
}

template <bool partial>
HWY_INLINE void store(Vector value, float* run, Place<partial> place) {
  const Floats d;
  if constexpr (!partial) {
    hn::StoreU(value, d, run + place.at);
  } else if constexpr (has_masked_access) {
    hn::BlendedStore(value, hn::FirstN(d, static_cast<size_t>(place.lanes)), d, run + place.at);
  } else {
    HWY_ALIGN std::array<float, most_lanes> buffer;
    hn::Store(value, d, buffer.data());
    std::copy_n(buffer.data(), place.lanes, run + place.at);
  }
}

/// body(i) for each i < N, without a loop: an array that it indexes can stay in registers.
template <int N, typename Body>
HWY_INLINE void unrolled(const Body& body) {
  [&]<int... i>(std::integer_sequence<int, i...>) {
    (body(std::integral_constant<int, i>()), ...);
  }
  (std::make_integer_sequence<int, N>{});
}

HWY_INLINE Vector constant(float value) {
  return hn::Set(Floats(), value);
}

/// e^x. Highway's takes NaN for minus infinity and is not defined where the result overflows.
HWY_INLINE Vector exponential(Vector x) {
  const Vector limit = constant(104.0F);  // beyond the largest x with a finite result
  const Vector y = hn::Exp(Floats(), hn::IfThenElse(hn::Gt(x, limit), limit, x));
  return hn::IfThenElse(hn::IsNaN(x), x, y);
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
