#include "antler/ops/kernels/product.h"

#include <algorithm>
#include <array>
#include <utility>

#include "antler/ops/kernels/strips.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/product.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
constexpr auto lanes = static_cast<int64_t>(hn::MaxLanes(Floats()));

// A tile of `Rows` by `Vectors` sums stays in registers, beside one row of b and one broadcast element of a.
constexpr int registers = HWY_TARGET <= HWY_AVX3 ? 32 : 16;
constexpr int most_rows(int vectors) {
  return std::min(14, (registers - 1 - vectors) / vectors);
}

// Moving stores out of a tile's loop, GCC 12 would have the sums in memory before and after it, and then
// spill.
#if HWY_COMPILER_GCC_ACTUAL
#define ANTLER_SUMS_IN_REGISTERS __attribute__((optimize("no-tree-loop-im")))
#else
#define ANTLER_SUMS_IN_REGISTERS
#endif

// Columns `column` on of a product, `count` of them, and where they begin in b.
struct Columns {
  int64_t column;
  int64_t count;
  const float* b;
  int64_t b_step;
};

// The strip of b at `column`, from row `first_row` on.
Columns strip_at(const Product& p, int64_t column, int64_t first_row) {
  const int64_t count = std::min(2 * lanes, p.columns - column);
  if (p.strip_rows == 0) return {column, count, p.b + column + first_row * p.b_step, p.b_step};
  return {column, count, p.b + column * p.strip_rows + first_row * count, count};
}

// Rows `row` on of some columns; with `partial`, the last of their vectors is not in memory as a whole.
template <int Rows, int Vectors, bool partial>
ANTLER_SUMS_IN_REGISTERS HWY_NOINLINE void tile(const Product& p, int64_t row, const Columns& columns) {
  const Floats d;
  const int64_t column = columns.column;
  const int64_t count = columns.count;
  const auto place = [count](auto v) {
    return Place < partial && v + 1 == Vectors > {v * lanes, count - v * lanes};
  };
  Vector sums[Rows][Vectors];
  float* c = p.c + row * p.c_step + column;
  unrolled<Vectors>([&](auto v) {
    const Vector start = p.bias != nullptr ? load(p.bias + column, place(v)) : hn::Zero(d);
    for (int m = 0; m < Rows; ++m) sums[m][v] = start;
  });
  const int64_t row_step = p.a_row_step;
  const int64_t a_step = p.a_step;
  const int64_t b_step = columns.b_step;
  // Three rows share a pointer: an address has room for once or twice the step, and so all fit registers.
  constexpr int groups = (Rows + 2) / 3;
  for (const BlockOffset& block : p.blocks) {
    const float* a[groups];
    unrolled<groups>([&](auto group) { a[group] = p.a + block.a + (row + 3 * group) * row_step; });
    const float* b = columns.b + block.b_row * b_step;
    for (int64_t k = 0; k < p.depth; ++k) {
      Vector b_row[Vectors];
      unrolled<Vectors>([&](auto v) { b_row[v] = load(b, place(v)); });
      for (int m = 0; m < Rows; ++m) {
        const Vector element = hn::Set(d, a[m / 3][m % 3 * row_step]);
        for (int v = 0; v < Vectors; ++v) sums[m][v] = hn::MulAdd(element, b_row[v], sums[m][v]);
      }
      unrolled<groups>([&](auto group) { a[group] += a_step; });
      b += b_step;
    }
  }
  const auto for_each_sum = [&](const auto& body) {
    unrolled<Rows * Vectors>([&](auto i) {
      constexpr std::integral_constant<int, i % Vectors> v;
      body(sums[i / Vectors][v], c + i / Vectors * p.c_step, place(v));
    });
  };
  if (p.accumulate)
    for_each_sum([](Vector& sum, const float* from, auto at) { sum = hn::Add(load(from, at), sum); });
  if (p.relu)  // in this order Max keeps NaN
    for_each_sum([d](Vector& sum, const float*, auto) { sum = hn::Max(hn::Zero(d), sum); });
  for_each_sum([](Vector sum, float* to, auto at) { store(sum, to, at); });
}

using Tile = void (*)(const Product&, int64_t row, const Columns& columns);

template <int Vectors, bool partial>
constexpr auto tiles_by_rows() {
  return []<int... rows>(std::integer_sequence<int, rows...>) {
    return std::array<Tile, sizeof...(rows)>{&tile<rows + 1, Vectors, partial>...};
  }
  (std::make_integer_sequence<int, most_rows(Vectors)>{});
}

// All rows of some columns, in tiles of nearly equal height.
template <int Vectors, bool partial>
void tiles(const Product& p, const Columns& columns) {
  static constexpr auto by_rows = tiles_by_rows<Vectors, partial>();
  constexpr int64_t most = most_rows(Vectors);
  const int64_t parts = (p.rows + most - 1) / most;
  for (int64_t part = 0; part < parts; ++part) {
    const int64_t row = p.rows * part / parts;
    const int64_t height = p.rows * (part + 1) / parts - row;
    by_rows[static_cast<size_t>(height - 1)](p, row, columns);
  }
}

// In strips two vectors wide: one of their rows of b serves up to fourteen of a.
void multiply(const Product& p, int64_t first_row) {
  for (int64_t column = 0; column < p.columns; column += 2 * lanes) {
    const Columns strip = strip_at(p, column, first_row);
    if (strip.count == 2 * lanes) {
      tiles<2, false>(p, strip);
    } else if (strip.count > lanes) {
      tiles<2, true>(p, strip);
    } else if (strip.count == lanes) {
      tiles<1, false>(p, strip);
    } else {
      tiles<1, true>(p, strip);
    }
  }
}

int64_t strip_width() {
  return 2 * lanes;
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(multiply);

// A chain's part of b also fits a cache near the registers.
void multiply(const Product& product) {
  Product link = product;
  for (int64_t k = 0; k < product.depth || k == 0; k += longest_chain) {
    link.a = product.a + k * product.a_step;
    link.depth = std::min(longest_chain, product.depth - k);
    link.bias = k == 0 ? product.bias : nullptr;
    link.accumulate = product.accumulate || k > 0;
    link.relu = product.relu && k + link.depth == product.depth;
    HWY_DYNAMIC_DISPATCH(multiply)(link, k);
  }
}

HWY_EXPORT(strip_width);
int64_t strip_width() {
  return HWY_DYNAMIC_DISPATCH(strip_width)();
}

}  // namespace antler::ops::kernels
#endif
