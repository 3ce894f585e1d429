#include "antler/ops/kernels/normalized_pooling.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/normalized_pooling.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/normalization-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// Window element numbers travel as bytes and are compared as 32-bit integers.
template <typename Tag>
HWY_INLINE auto load_source(Tag /*d*/, const uint8_t* source) {
  const hn::RebindToSigned<Tag> d32;
  const hn::Rebind<uint8_t, Tag> d8;
  return hn::PromoteTo(d32, hn::LoadU(d8, source));
}

// The line of a vector of channels in row `i` of the windows.
template <typename Tag, typename AnyLine>
HWY_INLINE auto line_at(Tag d, const AnyLine& line, const PooledRow& row, int64_t i, int64_t c) {
  return row.per_channel ? channels_at(d, line, c) : one_channel(d, line.from(i));
}

// What is known of the best element of a window so far.
template <typename Tag>
struct Best {
  hn::Vec<Tag> y, x;
  hn::Vec<hn::RebindToSigned<Tag>> source;
};

// pool_line() for windows of a size that the compiler knows or, where that is 0, does not.
template <int64_t known_height, int64_t known_width, bool with_source>
void pool_windows(const float* x, const PooledRow row, const Line line, float* y, uint8_t* source,
                  float* source_x) {
  const int64_t height = known_height > 0 ? known_height : row.pool_height;
  const int64_t width = known_width > 0 ? known_width : row.pool_width;
  const int64_t row_floats = row.columns * row.channels;
  const Line straight{line.scale, line.shift};  // the relu waits for the largest
  for (int64_t column = 0; column < row.out_columns; ++column) {
    const float* window = x + column * width * row.channels;
    for_each_run(row.channels, [&](auto d, int64_t c) {
      const hn::RebindToSigned<decltype(d)> d32;
      Best<decltype(d)> best{hn::Zero(d), hn::Zero(d), hn::Zero(d32)};
      int32_t element = 0;
      for (int64_t i = 0; i < height; ++i) {
        const auto at = line_at(d, straight, row, i, c);
        for (int64_t j = 0; j < width; ++j, ++element) {
          const auto value = hn::LoadU(d, window + i * row_floats + j * row.channels + c);
          const auto candidate = at(value);
          if (element == 0) {
            best.y = candidate, best.x = value;
            continue;
          }
          const auto better = hn::Gt(candidate, best.y);
          best.y = hn::IfThenElse(better, candidate, best.y);
          if constexpr (with_source) {
            best.x = hn::IfThenElse(better, value, best.x);
            best.source = hn::IfThenElse(hn::RebindMask(d32, better), hn::Set(d32, element), best.source);
          }
        }
      }
      const int64_t out = column * row.channels + c;
      hn::StoreU(line.relu ? hn::Max(hn::Zero(d), best.y) : best.y, d, y + out);
      if constexpr (with_source) {
        const hn::Rebind<uint8_t, decltype(d)> d8;
        hn::StoreU(hn::DemoteTo(d8, best.source), d8, source + out);
        hn::StoreU(best.x, d, source_x + out);
      }
    });
  }
}

void pool_line(const float* x, const PooledRow& row, const Line& line, float* y, uint8_t* source,
               float* source_x) {
  const bool is_two_by_two = row.pool_height == 2 && row.pool_width == 2;
  if (source == nullptr) {
    return is_two_by_two ? pool_windows<2, 2, false>(x, row, line, y, source, source_x)
                         : pool_windows<0, 0, false>(x, row, line, y, source, source_x);
  }
  return is_two_by_two ? pool_windows<2, 2, true>(x, row, line, y, source, source_x)
                       : pool_windows<0, 0, true>(x, row, line, y, source, source_x);
}

// The products of `known_rows` rows of the windows, from row `first_row` on, whose sums do not wait for each
// other.
template <int known_rows>
HWY_INLINE void add_rows_of_products(const float* dy, const float* source_x, const uint8_t* source,
                                     const PooledRow& row, int64_t first_row, const float* mean,
                                     const Line& forward, double* sum, double* product) {
  const auto add = [&](auto d, int64_t from, int64_t end, int64_t step) {
    using Tag = decltype(d);
    const hn::RebindToSigned<Tag> d32;
    hn::Vec<Tag> sums[known_rows], products[known_rows];
    unrolled<known_rows>([&](auto i) { sums[i] = products[i] = hn::Zero(d); });
    for (int64_t at = from; at < end; at += step) {
      const auto element = load_source(d, source + at);
      const auto value = hn::LoadU(d, source_x + at);
      const auto gradient = hn::LoadU(d, dy + at);
      unrolled<known_rows>([&](auto i) {
        const int64_t c = first_row + i;
        const auto before = static_cast<int32_t>(c * row.pool_width - 1);
        const auto after = static_cast<int32_t>((c + 1) * row.pool_width);
        const auto here =
            hn::And(hn::Gt(element, hn::Set(d32, before)), hn::Lt(element, hn::Set(d32, after)));
        const auto passed = one_channel(d, forward.from(c))
                                .passed(hn::IfThenElseZero(hn::RebindMask(d, here), gradient), value);
        sums[i] = hn::Add(sums[i], passed);
        products[i] = hn::MulAdd(passed, hn::Sub(value, hn::Set(d, mean[c])), products[i]);
      });
    }
    unrolled<known_rows>([&](auto i) {
      sum[first_row + i] += sum_of(d, sums[i]);
      product[first_row + i] += sum_of(d, products[i]);
    });
  };
  const int64_t count = row.out_columns * row.channels;
  const auto lanes = static_cast<int64_t>(hn::Lanes(Floats()));
  const int64_t whole = count / lanes * lanes;
  add(Floats(), 0, whole, lanes);
  add(Lane(), whole, count, 1);
}

void add_pooled_products(const float* dy, const float* source_x, const uint8_t* source, const PooledRow& row,
                         const float* mean, const Line& forward, double* sum, double* product) {
  int64_t i = 0;
  for (; i + 2 <= row.pool_height; i += 2)
    add_rows_of_products<2>(dy, source_x, source, row, i, mean, forward, sum, product);
  if (i < row.pool_height) add_rows_of_products<1>(dy, source_x, source, row, i, mean, forward, sum, product);
}

// The gradients of a row's elements that windows cover, for windows of a width that the compiler knows or,
// where that is 0, does not.
template <int64_t known_width>
void covered_gradients(const float* dy, const uint8_t* source, const float* x, const PooledRow row,
                       int64_t window_row, const GradientLine line, float* dx) {
  const int64_t width = known_width > 0 ? known_width : row.pool_width;
  const auto first = static_cast<int32_t>(window_row * width);
  for_each_run(row.channels, [=](auto d, int64_t c) {
    const hn::RebindToSigned<decltype(d)> d32;
    const auto at = line_at(d, line, row, 0, c);
    for (int64_t column = 0; column < row.out_columns; ++column) {
      const int64_t pooled = column * row.channels + c;
      const auto element = load_source(d, source + pooled);
      const auto pooled_gradient = hn::LoadU(d, dy + pooled);
      for (int64_t j = 0; j < width; ++j) {
        const auto here = hn::Eq(element, hn::Set(d32, static_cast<int32_t>(first + j)));
        const auto gradient = hn::IfThenElseZero(hn::RebindMask(d, here), pooled_gradient);
        const int64_t i = (column * width + j) * row.channels + c;
        hn::StoreU(at(gradient, hn::LoadU(d, x + i)), d, dx + i);
      }
    }
  });
}

void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, const GradientLine& line, float* dx) {
  if (row.pool_width == 2) {
    covered_gradients<2>(dy, source, x, row, window_row, line, dx);
  } else {
    covered_gradients<0>(dy, source, x, row, window_row, line, dx);
  }
  // Columns that no window covers.
  for (int64_t column = row.out_columns * row.pool_width; column < row.columns; ++column) {
    for_each_run(row.channels, [&](auto d, int64_t c) {
      const int64_t i = column * row.channels + c;
      hn::StoreU(line_at(d, line, row, 0, c)(hn::Zero(d), hn::LoadU(d, x + i)), d, dx + i);
    });
  }
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(pool_line);
void pool_line(const float* x, const PooledRow& row, const Line& line, float* y, uint8_t* source,
               float* source_x) {
  HWY_DYNAMIC_DISPATCH(pool_line)(x, row, line, y, source, source_x);
}

HWY_EXPORT(add_pooled_products);
void add_pooled_products(const float* dy, const float* source_x, const uint8_t* source, const PooledRow& row,
                         const float* mean, const Line& forward, double* sum, double* product) {
  HWY_DYNAMIC_DISPATCH(add_pooled_products)(dy, source_x, source, row, mean, forward, sum, product);
}

HWY_EXPORT(apply_pooled_gradient_line);
void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, const GradientLine& line, float* dx) {
  HWY_DYNAMIC_DISPATCH(apply_pooled_gradient_line)(dy, source, x, row, window_row, line, dx);
}

}  // namespace antler::ops::kernels
#endif
