#include "antler/ops/kernels/combine.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/combine.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

template <typename Formula>
HWY_INLINE void combine_all(const float* a, const float* b, int64_t count, float* y, const Formula& formula) {
  for_each_place(count, [&](auto place) { store(formula(load(a, place), load(b, place)), y, place); });
}

void combine(Combination kind, const float* a, const float* b, int64_t count, float* y) {
  switch (kind) {
    case Combination::sum:
      return combine_all(a, b, count, y, [](Vector u, Vector v) { return hn::Add(u, v); });
    case Combination::difference:
      return combine_all(a, b, count, y, [](Vector u, Vector v) { return hn::Sub(u, v); });
    case Combination::product:
      return combine_all(a, b, count, y, [](Vector u, Vector v) { return hn::Mul(u, v); });
    case Combination::maximum:
      return combine_all(a, b, count, y,
                         [](Vector u, Vector v) { return hn::IfThenElse(hn::Ge(u, v), u, v); });
    case Combination::minimum:
      return combine_all(a, b, count, y,
                         [](Vector u, Vector v) { return hn::IfThenElse(hn::Le(u, v), u, v); });
  }
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(combine);
void combine(Combination kind, const float* a, const float* b, int64_t count, float* y) {
  HWY_DYNAMIC_DISPATCH(combine)(kind, a, b, count, y);
}

}  // namespace antler::ops::kernels
#endif
