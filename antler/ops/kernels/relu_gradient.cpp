#include "antler/ops/kernels/relu_gradient.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/relu_gradient.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// One vector of columns, over all rows.
template <typename Place>
HWY_INLINE void columns_at(const ReluGradient& block, Place place) {
  const Vector zero = hn::Zero(Floats());
  Vector sum = zero;
  for (int64_t row = 0; row < block.rows; ++row) {
    Vector value = load(block.gradient + row * block.row_step, place);
    if (block.output != nullptr) {
      const Vector output = load(block.output + row * block.row_step, place);
      value = hn::IfThenElseZero(hn::Gt(output, zero), value);
    }
    if (block.masked != nullptr) store(value, block.masked + row * block.masked_step, place);
    sum = hn::Add(sum, value);
  }
  if (block.sums != nullptr) store(hn::Add(load(block.sums, place), sum), block.sums, place);
}

void relu_gradient(const ReluGradient& block) {
  for_each_place(block.columns, [&](auto place) { columns_at(block, place); });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(relu_gradient);
void relu_gradient(const ReluGradient& block) {
  HWY_DYNAMIC_DISPATCH(relu_gradient)(block);
}

}  // namespace antler::ops::kernels
#endif
