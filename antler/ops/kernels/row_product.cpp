#include "antler/ops/kernels/row_product.h"

#include <hwy/cache_control.h>

#include <algorithm>

#include "antler/core/memory.h"
#include "antler/ops/kernels/product.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/row_product.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
constexpr auto lanes = static_cast<int64_t>(hn::MaxLanes(Floats()));
constexpr int64_t line = floats_per_line;

HWY_INLINE Vector result(const RowProduct& p, Vector sum) {
  return p.relu ? hn::Max(hn::Zero(Floats()), sum) : sum;  // in this order it keeps NaN
}

// Rows of the matrix, each on another page, that are asked for ahead of their turn: by itself the processor
// foresees only what follows in memory.
constexpr int64_t rows_ahead = 12;

// Neighbouring vectors of columns, whose sums do not wait for each other.
template <int Vectors>
HWY_NOINLINE void wide_strip(const RowProduct& p, int64_t column) {
  const Floats d;
  Vector totals[Vectors];
  for (int64_t k = 0; k < p.depth || k == 0; k += longest_chain) {
    const bool is_first = k == 0;
    Vector sums[Vectors];
    for (int v = 0; v < Vectors; ++v)
      sums[v] = is_first && p.bias != nullptr ? hn::LoadU(d, p.bias + column + v * lanes) : hn::Zero(d);
    const float* b = p.b + k * p.b_step + column;
    const int64_t end = std::min(p.depth, k + longest_chain);
    for (int64_t i = k; i < end; ++i, b += p.b_step) {
      const Vector element = hn::Set(d, p.a[i]);
      for (int64_t ahead = 0; ahead < Vectors * lanes; ahead += line)
        hwy::Prefetch(b + rows_ahead * p.b_step + ahead);
      for (int v = 0; v < Vectors; ++v) sums[v] = hn::MulAdd(element, hn::LoadU(d, b + v * lanes), sums[v]);
    }
    for (int v = 0; v < Vectors; ++v) totals[v] = is_first ? sums[v] : hn::Add(totals[v], sums[v]);
  }
  for (int v = 0; v < Vectors; ++v) hn::StoreU(result(p, totals[v]), d, p.c + column + v * lanes);
}

// One vector of columns, where it is the chains that do not wait for each other: four at a time, what is left
// one at a time.
template <typename Place>
HWY_INLINE void narrow_strip(const RowProduct& p, Place place) {
  constexpr int64_t at_once = 4;
  const Floats d;
  const auto product_added = [&](Vector sum, int64_t i) {
    return hn::MulAdd(hn::Set(d, p.a[i]), load(p.b + i * p.b_step, place), sum);
  };
  const auto start = [&](int64_t k) {
    return k == 0 && p.bias != nullptr ? load(p.bias, place) : hn::Zero(d);
  };
  Vector total = hn::Zero(d);
  const auto end_chain = [&](Vector sum, int64_t k) { total = k == 0 ? sum : hn::Add(total, sum); };
  int64_t k = 0;
  for (; k + at_once * longest_chain <= p.depth; k += at_once * longest_chain) {
    Vector sums[at_once];
    for (int64_t chain = 0; chain < at_once; ++chain) sums[chain] = start(k + chain * longest_chain);
    for (int64_t i = k; i < k + longest_chain; ++i) {
      for (int64_t chain = 0; chain < at_once; ++chain)
        sums[chain] = product_added(sums[chain], i + chain * longest_chain);
    }
    for (int64_t chain = 0; chain < at_once; ++chain) end_chain(sums[chain], k + chain * longest_chain);
  }
  for (; k < p.depth || k == 0; k += longest_chain) {
    Vector sum = start(k);
    for (int64_t i = k; i < std::min(p.depth, k + longest_chain); ++i) sum = product_added(sum, i);
    end_chain(sum, k);
  }
  store(result(p, total), p.c, place);
}

void multiply_row(const RowProduct& p) {
  int64_t column = 0;
  for (; column + 8 * lanes <= p.columns; column += 8 * lanes) wide_strip<8>(p, column);
  for (; column + 4 * lanes <= p.columns; column += 4 * lanes) wide_strip<4>(p, column);
  for (; column + 2 * lanes <= p.columns; column += 2 * lanes) wide_strip<2>(p, column);
  if (column + lanes <= p.columns) {
    narrow_strip(p, Place<false>{column, lanes});
    column += lanes;
  }
  if (column < p.columns) narrow_strip(p, Place<true>{column, p.columns - column});
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(multiply_row);

void multiply_row(const RowProduct& product) {
  HWY_DYNAMIC_DISPATCH(multiply_row)(product);
}

}  // namespace antler::ops::kernels
#endif
