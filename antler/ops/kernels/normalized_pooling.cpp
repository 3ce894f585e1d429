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

// pool_line() without sources, for windows of a size that the compiler knows or, where that is 0, does not.
template <int64_t known_height, int64_t known_width>
void pool_line_only(const float* x, const PooledRow row, const Line line, float* y) {
  const int64_t height = known_height > 0 ? known_height : row.pool_height;
  const int64_t width = known_width > 0 ? known_width : row.pool_width;
  const int64_t row_floats = row.columns * row.channels;
  const Line straight{line.scale, line.shift};  // the relu waits for the largest
  for (int64_t column = 0; column < row.out_columns; ++column) {
    const float* window = x + column * width * row.channels;
    for_each_run(row.channels, [&](auto d, int64_t c) {
      auto best = line_at(d, straight, row, 0, c)(hn::LoadU(d, window + c));
      for (int64_t i = 0; i < height; ++i) {
        const auto at = line_at(d, straight, row, i, c);
        for (int64_t j = 0; j < width; ++j) {
          const auto candidate = at(hn::LoadU(d, window + i * row_floats + j * row.channels + c));
          best = hn::IfThenElse(hn::Gt(candidate, best), candidate, best);
        }
      }
      hn::StoreU(line.relu ? hn::Max(hn::Zero(d), best) : best, d, y + column * row.channels + c);
    });
  }
}

void pool_line(const float* x, const PooledRow& row, const Line& line, float* y, uint8_t* source,
               float* source_x) {
  if (source == nullptr) {
    const bool is_two_by_two = row.pool_height == 2 && row.pool_width == 2;
    return is_two_by_two ? pool_line_only<2, 2>(x, row, line, y) : pool_line_only<0, 0>(x, row, line, y);
  }
  const int64_t row_floats = row.columns * row.channels;
  const Line straight{line.scale, line.shift};  // the relu waits for the largest
  for (int64_t column = 0; column < row.out_columns; ++column) {
    const float* window = x + column * row.pool_width * row.channels;
    const int64_t out = column * row.channels;
    for_each_run(row.channels, [&](auto d, int64_t c) {
      const hn::RebindToSigned<decltype(d)> d32;
      auto best_x = hn::LoadU(d, window + c);
      auto best = line_at(d, straight, row, 0, c)(best_x);
      auto best_source = hn::Zero(d32);
      int32_t element = 0;
      for (int64_t i = 0; i < row.pool_height; ++i) {
        const auto at = line_at(d, straight, row, i, c);
        for (int64_t j = 0; j < row.pool_width; ++j, ++element) {
          const auto value = hn::LoadU(d, window + i * row_floats + j * row.channels + c);
          const auto candidate = at(value);
          const auto better = hn::Gt(candidate, best);
          best = hn::IfThenElse(better, candidate, best);
          best_x = hn::IfThenElse(better, value, best_x);
          best_source = hn::IfThenElse(hn::RebindMask(d32, better), hn::Set(d32, element), best_source);
        }
      }
      hn::StoreU(line.relu ? hn::Max(hn::Zero(d), best) : best, d, y + out + c);
      const hn::Rebind<uint8_t, decltype(d)> d8;
      hn::StoreU(hn::DemoteTo(d8, best_source), d8, source + out + c);
      hn::StoreU(best_x, d, source_x + out + c);
    });
  }
}

void add_pooled_products(const float* dy, const float* source_x, const uint8_t* source, const PooledRow& row,
                         int64_t window_row, float mean, const Line& forward, double& sum, double& product) {
  const auto first = static_cast<int32_t>(window_row * row.pool_width);
  const auto last = static_cast<int32_t>(first + row.pool_width - 1);
  const auto add = [&](auto d, int64_t from, int64_t end, int64_t step) {
    const hn::RebindToSigned<decltype(d)> d32;
    auto sums = hn::Zero(d), products = hn::Zero(d);
    const auto means = hn::Set(d, mean);
    const auto line = one_channel(d, forward);
    for (int64_t i = from; i < end; i += step) {
      const auto element = load_source(d, source + i);
      const auto here =
          hn::And(hn::Gt(element, hn::Set(d32, first - 1)), hn::Lt(element, hn::Set(d32, last + 1)));
      const auto value = hn::LoadU(d, source_x + i);
      const auto gradient =
          line.passed(hn::IfThenElseZero(hn::RebindMask(d, here), hn::LoadU(d, dy + i)), value);
      sums = hn::Add(sums, gradient);
      products = hn::MulAdd(gradient, hn::Sub(value, means), products);
    }
    sum += sum_of(d, sums);
    product += sum_of(d, products);
  };
  const int64_t count = row.out_columns * row.channels;
  const auto lanes = static_cast<int64_t>(hn::Lanes(Floats()));
  const int64_t whole = count / lanes * lanes;
  add(Floats(), 0, whole, lanes);
  add(Lane(), whole, count, 1);
}

void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, const GradientLine& line, float* dx) {
  for (int64_t column = 0; column < row.out_columns * row.pool_width; ++column) {
    const auto element = static_cast<int32_t>(window_row * row.pool_width + column % row.pool_width);
    const int64_t pooled = column / row.pool_width * row.channels;
    for_each_run(row.channels, [&](auto d, int64_t c) {
      const hn::RebindToSigned<decltype(d)> d32;
      const auto here = hn::Eq(load_source(d, source + pooled + c), hn::Set(d32, element));
      const auto gradient = hn::IfThenElseZero(hn::RebindMask(d, here), hn::LoadU(d, dy + pooled + c));
      const int64_t i = column * row.channels + c;
      hn::StoreU(line_at(d, line, row, 0, c)(gradient, hn::LoadU(d, x + i)), d, dx + i);
    });
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
                         int64_t window_row, float mean, const Line& forward, double& sum, double& product) {
  HWY_DYNAMIC_DISPATCH(add_pooled_products)
  (dy, source_x, source, row, window_row, mean, forward, sum, product);
}

HWY_EXPORT(apply_pooled_gradient_line);
void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, const GradientLine& line, float* dx) {
  HWY_DYNAMIC_DISPATCH(apply_pooled_gradient_line)(dy, source, x, row, window_row, line, dx);
}

}  // namespace antler::ops::kernels
#endif
