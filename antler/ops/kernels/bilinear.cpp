#include "antler/ops/kernels/bilinear.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/bilinear.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

using Integers = hn::RebindToSigned<Floats>;

// Places along one axis: the pixels before them, counted from the frame's first, and how far they are on the
// way to the next.
struct Places {
  hn::Vec<Integers> pixel;
  Vector share;

  Places(Vector at, int64_t extent) {
    at = hn::Min(hn::Max(at, constant(-1.0F)), constant(static_cast<float>(extent)));
    const Vector before = hn::Floor(at);
    share = hn::Sub(at, before);
    pixel = hn::ConvertTo(Integers(), hn::Add(before, constant(1.0F)));
  }
};

HWY_INLINE Vector between(Vector a, Vector b, Vector share) {
  return hn::MulAdd(share, hn::Sub(b, a), a);
}

void bilinear(const FramedPlane& plane, const float* x, const float* y, int64_t count, float* out) {
  const Floats d;
  const auto row = static_cast<int32_t>(plane.row_floats());
  for_each_place(count, [&](auto place) {
    const Places across(load(x, place), plane.width);
    const Places down(load(y, place), plane.height);
    const auto at = hn::Add(hn::Mul(down.pixel, hn::Set(Integers(), row)), across.pixel);
    const Vector top =
        between(hn::GatherIndex(d, plane.data, at), hn::GatherIndex(d, plane.data + 1, at), across.share);
    const Vector bottom = between(hn::GatherIndex(d, plane.data + row, at),
                                  hn::GatherIndex(d, plane.data + row + 1, at), across.share);
    store(between(top, bottom, down.share), out, place);
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(bilinear);
void bilinear(const FramedPlane& plane, const float* x, const float* y, int64_t count, float* out) {
  HWY_DYNAMIC_DISPATCH(bilinear)(plane, x, y, count, out);
}

}  // namespace antler::ops::kernels
#endif
