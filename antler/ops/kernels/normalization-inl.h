// What the loops of batch normalisation share. Compiled once for each instruction set, hence no `#pragma
// once`.
#if defined(ANTLER_OPS_KERNELS_NORMALIZATION_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_OPS_KERNELS_NORMALIZATION_INL_H
#undef ANTLER_OPS_KERNELS_NORMALIZATION_INL_H
#else
#define ANTLER_OPS_KERNELS_NORMALIZATION_INL_H
#endif

#include <hwy/highway.h>

#include "antler/ops/kernels/normalization.h"
#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename Tag>
HWY_INLINE double sum_of(Tag d, hn::Vec<Tag> vector) {
  return double{hn::GetLane(hn::SumOfLanes(d, vector))};
}

// A line's numbers for the channels of one vector, held in registers.
template <typename Tag>
struct LineAt {
  Tag d;
  hn::Vec<Tag> scale, shift;
  bool relu;

  HWY_INLINE hn::Vec<Tag> operator()(hn::Vec<Tag> x) const {
    const auto y = hn::MulAdd(scale, x, shift);
    return relu ? hn::Max(hn::Zero(d), y) : y;  // in this order it keeps NaN
  }
  // dy where the relu let x pass.
  HWY_INLINE hn::Vec<Tag> passed(hn::Vec<Tag> dy, hn::Vec<Tag> x) const {
    return relu ? hn::IfThenElseZero(hn::Gt(hn::MulAdd(scale, x, shift), hn::Zero(d)), dy) : dy;
  }
};

template <typename Tag>
HWY_INLINE LineAt<Tag> one_channel(Tag d, const Line& line) {
  return {d, hn::Set(d, *line.scale), hn::Set(d, *line.shift), line.relu};
}
template <typename Tag>
HWY_INLINE LineAt<Tag> channels_at(Tag d, const Line& line, int64_t c) {
  return {d, hn::LoadU(d, line.scale + c), hn::LoadU(d, line.shift + c), line.relu};
}

template <typename Tag>
struct GradientLineAt {
  hn::Vec<Tag> scale, slope, shift;
  LineAt<Tag> forward;
  bool of_relu;

  HWY_INLINE hn::Vec<Tag> operator()(hn::Vec<Tag> dy, hn::Vec<Tag> x) const {
    const auto dx = hn::MulAdd(scale, forward.passed(dy, x), hn::MulAdd(slope, x, shift));
    return of_relu ? hn::IfThenElseZero(hn::Gt(x, hn::Zero(forward.d)), dx) : dx;
  }
};

template <typename Tag>
HWY_INLINE GradientLineAt<Tag> one_channel(Tag d, const GradientLine& line) {
  return {hn::Set(d, *line.scale), hn::Set(d, *line.slope), hn::Set(d, *line.shift),
          one_channel(d, line.forward), line.of_relu};
}
template <typename Tag>
HWY_INLINE GradientLineAt<Tag> channels_at(Tag d, const GradientLine& line, int64_t c) {
  return {hn::LoadU(d, line.scale + c), hn::LoadU(d, line.slope + c), hn::LoadU(d, line.shift + c),
          channels_at(d, line.forward, c), line.of_relu};
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
