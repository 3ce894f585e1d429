#include "antler/ops/kernels/normalization.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/normalization.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Wide = hn::ScalableTag<float>;
using Narrow = hn::CappedTag<float, 1>;  // the same code, a lane wide, for what is left of a row

// Calls body(tag, i) for i in steps of a vector, then of one lane.
template <typename Body>
HWY_INLINE void for_each_vector(int64_t count, const Body& body) {
  const auto lanes = static_cast<int64_t>(hn::Lanes(Wide()));
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) body(Wide(), i);
  for (; i < count; ++i) body(Narrow(), i);
}

// A channel's number, or one number for all.
template <typename Tag>
HWY_INLINE hn::Vec<Tag> parameter(Tag d, const float* values, int64_t i, bool per_channel) {
  return per_channel ? hn::LoadU(d, values + i) : hn::Set(d, *values);
}

template <typename Tag>
HWY_INLINE double sum_of(Tag d, hn::Vec<Tag> vector) {
  return double{hn::GetLane(hn::SumOfLanes(d, vector))};
}

// Runs are summed in float over stretches short enough not to lose digits, then in double.
constexpr int64_t stretch = 4096;

void add_moments(const float* x, int64_t count, float shift, double& sum, double& squares) {
  const auto lanes = static_cast<int64_t>(hn::Lanes(Wide()));
  const Wide d;
  for (int64_t begin = 0; begin < count; begin += stretch) {
    const int64_t end = std::min(count, begin + stretch);
    auto sums0 = hn::Zero(d), sums1 = hn::Zero(d), squares0 = hn::Zero(d), squares1 = hn::Zero(d);
    const auto shifts = hn::Set(d, shift);
    int64_t i = begin;
    for (; i + 2 * lanes <= end; i += 2 * lanes) {
      const auto a = hn::Sub(hn::LoadU(d, x + i), shifts);
      const auto b = hn::Sub(hn::LoadU(d, x + i + lanes), shifts);
      sums0 = hn::Add(sums0, a);
      sums1 = hn::Add(sums1, b);
      squares0 = hn::MulAdd(a, a, squares0);
      squares1 = hn::MulAdd(b, b, squares1);
    }
    sum += sum_of(d, hn::Add(sums0, sums1));
    squares += sum_of(d, hn::Add(squares0, squares1));
    for (; i < end; ++i) {
      const double a = double{x[i]} - double{shift};
      sum += a;
      squares += a * a;
    }
  }
}

void add_moments_per_channel(const float* x, int64_t rows, int64_t channels, const float* shift, double* sum,
                             double* squares) {
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t c = 0; c < channels; ++c) {
      const double a = double{x[row * channels + c]} - double{shift[c]};
      sum[c] += a;
      squares[c] += a * a;
    }
  }
}

void add_products(const float* dy, const float* x, int64_t count, float mean, double& sum, double& product) {
  const auto lanes = static_cast<int64_t>(hn::Lanes(Wide()));
  const Wide d;
  for (int64_t begin = 0; begin < count; begin += stretch) {
    const int64_t end = std::min(count, begin + stretch);
    auto sums = hn::Zero(d), products = hn::Zero(d);
    const auto means = hn::Set(d, mean);
    int64_t i = begin;
    for (; i + lanes <= end; i += lanes) {
      const auto gradient = hn::LoadU(d, dy + i);
      sums = hn::Add(sums, gradient);
      products = hn::MulAdd(gradient, hn::Sub(hn::LoadU(d, x + i), means), products);
    }
    sum += sum_of(d, sums);
    product += sum_of(d, products);
    for (; i < end; ++i) {
      sum += double{dy[i]};
      product += double{dy[i]} * (double{x[i]} - double{mean});
    }
  }
}

void add_products_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                              const float* mean, double* sum, double* product) {
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t c = 0; c < channels; ++c) {
      const int64_t i = row * channels + c;
      sum[c] += double{dy[i]};
      product[c] += double{dy[i]} * (double{x[i]} - double{mean[c]});
    }
  }
}

void apply_line(const float* x, int64_t count, bool per_channel, const Line& line, float* y) {
  for_each_vector(count, [&](auto d, int64_t i) {
    const auto scale = parameter(d, line.scale, i, per_channel);
    const auto shift = parameter(d, line.shift, i, per_channel);
    hn::StoreU(hn::MulAdd(scale, hn::LoadU(d, x + i), shift), d, y + i);
  });
}

template <typename Tag>
HWY_INLINE hn::Vec<Tag> gradient_line(Tag d, hn::Vec<Tag> dy, const float* x, int64_t i, int64_t channel,
                                      bool per_channel, const Line& line) {
  const auto scale = parameter(d, line.scale, channel, per_channel);
  const auto slope = parameter(d, line.slope, channel, per_channel);
  const auto shift = parameter(d, line.shift, channel, per_channel);
  return hn::MulAdd(scale, dy, hn::MulAdd(slope, hn::LoadU(d, x + i), shift));
}

void apply_gradient_line(const float* dy, const float* x, int64_t count, bool per_channel, const Line& line,
                         float* dx) {
  for_each_vector(count, [&](auto d, int64_t i) {
    hn::StoreU(gradient_line(d, hn::LoadU(d, dy + i), x, i, i, per_channel, line), d, dx + i);
  });
}

// Window element numbers travel as bytes and are compared as 32-bit integers.
template <typename Tag>
HWY_INLINE auto load_source(Tag /*d*/, const uint8_t* source) {
  const hn::RebindToSigned<Tag> d32;
  const hn::Rebind<uint8_t, Tag> d8;
  return hn::PromoteTo(d32, hn::LoadU(d8, source));
}

void pool_line(const float* x, const PooledRow& row, bool per_channel, const Line& line, float* y,
               uint8_t* source, float* source_x) {
  const int64_t row_floats = row.columns * row.channels;
  for (int64_t column = 0; column < row.out_columns; ++column) {
    const float* window = x + column * row.pool_width * row.channels;
    const int64_t out = column * row.channels;
    for_each_vector(row.channels, [&](auto d, int64_t c) {
      const hn::RebindToSigned<decltype(d)> d32;
      auto best = hn::Set(d, -HUGE_VALF);
      auto best_x = hn::LoadU(d, window + c);
      auto best_source = hn::Zero(d32);
      int32_t element = 0;
      for (int64_t i = 0; i < row.pool_height; ++i) {
        const auto scale = parameter(d, line.scale + (per_channel ? 0 : i), c, per_channel);
        const auto shift = parameter(d, line.shift + (per_channel ? 0 : i), c, per_channel);
        for (int64_t j = 0; j < row.pool_width; ++j, ++element) {
          const auto value = hn::LoadU(d, window + i * row_floats + j * row.channels + c);
          const auto candidate = hn::MulAdd(scale, value, shift);
          const auto better = hn::Gt(candidate, best);
          best = hn::IfThenElse(better, candidate, best);
          best_x = hn::IfThenElse(better, value, best_x);
          best_source = hn::IfThenElse(hn::RebindMask(d32, better), hn::Set(d32, element), best_source);
        }
      }
      hn::StoreU(best, d, y + out + c);
      if (source == nullptr) return;
      const hn::Rebind<uint8_t, decltype(d)> d8;
      hn::StoreU(hn::DemoteTo(d8, best_source), d8, source + out + c);
      hn::StoreU(best_x, d, source_x + out + c);
    });
  }
}

void add_pooled_products(const float* dy, const float* source_x, const uint8_t* source, const PooledRow& row,
                         int64_t window_row, float mean, double& sum, double& product) {
  const int64_t count = row.out_columns * row.channels;
  const auto lanes = static_cast<int64_t>(hn::Lanes(Wide()));
  const Wide d;
  const hn::RebindToSigned<Wide> d32;
  const auto first = static_cast<int32_t>(window_row * row.pool_width);
  const auto last = static_cast<int32_t>(first + row.pool_width - 1);
  auto sums = hn::Zero(d), products = hn::Zero(d);
  const auto means = hn::Set(d, mean);
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto from = load_source(d, source + i);
    const auto here = hn::And(hn::Gt(from, hn::Set(d32, first - 1)), hn::Lt(from, hn::Set(d32, last + 1)));
    const auto gradient = hn::IfThenElseZero(hn::RebindMask(d, here), hn::LoadU(d, dy + i));
    sums = hn::Add(sums, gradient);
    products = hn::MulAdd(gradient, hn::Sub(hn::LoadU(d, source_x + i), means), products);
  }
  sum += sum_of(d, sums);
  product += sum_of(d, products);
  for (; i < count; ++i) {
    if (source[i] < first || source[i] > last) continue;
    sum += double{dy[i]};
    product += double{dy[i]} * (double{source_x[i]} - double{mean});
  }
}

void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, bool per_channel, const Line& line, float* dx) {
  for (int64_t column = 0; column < row.out_columns * row.pool_width; ++column) {
    const auto element = static_cast<int32_t>(window_row * row.pool_width + column % row.pool_width);
    const int64_t pooled = column / row.pool_width * row.channels;
    for_each_vector(row.channels, [&](auto d, int64_t c) {
      const hn::RebindToSigned<decltype(d)> d32;
      const auto here = hn::Eq(load_source(d, source + pooled + c), hn::Set(d32, element));
      const auto gradient = hn::IfThenElseZero(hn::RebindMask(d, here), hn::LoadU(d, dy + pooled + c));
      const int64_t i = column * row.channels + c;
      hn::StoreU(gradient_line(d, gradient, x, i, c, per_channel, line), d, dx + i);
    });
  }
  // Columns that no window covers.
  for (int64_t column = row.out_columns * row.pool_width; column < row.columns; ++column) {
    for_each_vector(row.channels, [&](auto d, int64_t c) {
      const int64_t i = column * row.channels + c;
      hn::StoreU(gradient_line(d, hn::Zero(d), x, i, c, per_channel, line), d, dx + i);
    });
  }
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(add_moments);
void add_moments(const float* x, int64_t count, float shift, double& sum, double& squares) {
  HWY_DYNAMIC_DISPATCH(add_moments)(x, count, shift, sum, squares);
}

HWY_EXPORT(add_moments_per_channel);
void add_moments_per_channel(const float* x, int64_t rows, int64_t channels, const float* shift, double* sum,
                             double* squares) {
  HWY_DYNAMIC_DISPATCH(add_moments_per_channel)(x, rows, channels, shift, sum, squares);
}

HWY_EXPORT(add_products);
void add_products(const float* dy, const float* x, int64_t count, float mean, double& sum, double& product) {
  HWY_DYNAMIC_DISPATCH(add_products)(dy, x, count, mean, sum, product);
}

HWY_EXPORT(add_products_per_channel);
void add_products_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                              const float* mean, double* sum, double* product) {
  HWY_DYNAMIC_DISPATCH(add_products_per_channel)(dy, x, rows, channels, mean, sum, product);
}

HWY_EXPORT(apply_line);
void apply_line(const float* x, int64_t count, bool per_channel, const Line& line, float* y) {
  HWY_DYNAMIC_DISPATCH(apply_line)(x, count, per_channel, line, y);
}

HWY_EXPORT(apply_gradient_line);
void apply_gradient_line(const float* dy, const float* x, int64_t count, bool per_channel, const Line& line,
                         float* dx) {
  HWY_DYNAMIC_DISPATCH(apply_gradient_line)(dy, x, count, per_channel, line, dx);
}

HWY_EXPORT(pool_line);
void pool_line(const float* x, const PooledRow& row, bool per_channel, const Line& line, float* y,
               uint8_t* source, float* source_x) {
  HWY_DYNAMIC_DISPATCH(pool_line)(x, row, per_channel, line, y, source, source_x);
}

HWY_EXPORT(add_pooled_products);
void add_pooled_products(const float* dy, const float* source_x, const uint8_t* source, const PooledRow& row,
                         int64_t window_row, float mean, double& sum, double& product) {
  HWY_DYNAMIC_DISPATCH(add_pooled_products)(dy, source_x, source, row, window_row, mean, sum, product);
}

HWY_EXPORT(apply_pooled_gradient_line);
void apply_pooled_gradient_line(const float* dy, const uint8_t* source, const float* x, const PooledRow& row,
                                int64_t window_row, bool per_channel, const Line& line, float* dx) {
  HWY_DYNAMIC_DISPATCH(apply_pooled_gradient_line)(dy, source, x, row, window_row, per_channel, line, dx);
}

}  // namespace antler::ops::kernels
#endif
