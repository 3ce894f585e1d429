#include "antler/ops/kernels/transpose.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/transpose.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR
void square(const float* from, int64_t from_step, float* to, int64_t to_step) {
  for (int64_t i = 0; i < 4; ++i) {
    for (int64_t j = 0; j < 4; ++j) to[j * to_step + i] = from[i * from_step + j];
  }
}
#else
// The four lanes of four vectors exchanged: what was lane j of vector i becomes lane i of vector j.
void square(const float* from, int64_t from_step, float* to, int64_t to_step) {
  const hn::FixedTag<float, 4> d;
  const auto a = hn::LoadU(d, from);
  const auto b = hn::LoadU(d, from + from_step);
  const auto c = hn::LoadU(d, from + 2 * from_step);
  const auto e = hn::LoadU(d, from + 3 * from_step);
  const hn::FixedTag<double, 2> pairs;
  const auto ab_low = hn::BitCast(pairs, hn::InterleaveLower(d, a, b));
  const auto ab_high = hn::BitCast(pairs, hn::InterleaveUpper(d, a, b));
  const auto ce_low = hn::BitCast(pairs, hn::InterleaveLower(d, c, e));
  const auto ce_high = hn::BitCast(pairs, hn::InterleaveUpper(d, c, e));
  hn::StoreU(hn::BitCast(d, hn::ConcatLowerLower(pairs, ce_low, ab_low)), d, to);
  hn::StoreU(hn::BitCast(d, hn::ConcatUpperUpper(pairs, ce_low, ab_low)), d, to + to_step);
  hn::StoreU(hn::BitCast(d, hn::ConcatLowerLower(pairs, ce_high, ab_high)), d, to + 2 * to_step);
  hn::StoreU(hn::BitCast(d, hn::ConcatUpperUpper(pairs, ce_high, ab_high)), d, to + 3 * to_step);
}
#endif

// In blocks of 16 by 16, so that whole cache lines are read and written.
void transpose(const float* from, int64_t from_step, int64_t rows, int64_t columns, float* to,
               int64_t to_step) {
  constexpr int64_t block = 16;
  const int64_t whole_rows = rows / 4 * 4;
  const int64_t whole_columns = columns / 4 * 4;
  for (int64_t j0 = 0; j0 < whole_columns; j0 += block) {
    for (int64_t i0 = 0; i0 < whole_rows; i0 += block) {
      for (int64_t j = j0; j < std::min(j0 + block, whole_columns); j += 4) {
        for (int64_t i = i0; i < std::min(i0 + block, whole_rows); i += 4)
          square(from + i * from_step + j, from_step, to + j * to_step + i, to_step);
      }
    }
  }
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = i < whole_rows ? whole_columns : 0; j < columns; ++j)
      to[j * to_step + i] = from[i * from_step + j];
  }
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(transpose);
void transpose(const float* from, int64_t from_step, int64_t rows, int64_t columns, float* to,
               int64_t to_step) {
  HWY_DYNAMIC_DISPATCH(transpose)(from, from_step, rows, columns, to, to_step);
}

}  // namespace antler::ops::kernels
#endif
