#include "antler/ops/kernels/normalization.h"

#include <algorithm>
#include <array>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/normalization.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/normalization-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// Runs are summed in float over stretches short enough not to lose digits, then in double. A stretch of rows
// also stays in the first-level cache while its channels are worked on, a vector of them at a time.
constexpr int64_t stretch = 4096;

void add_moments(const float* x, int64_t count, float shift, double& sum, double& squares) {
  const auto lanes = static_cast<int64_t>(hn::Lanes(Floats()));
  const Floats d;
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

void add_products(const float* dy, const float* x, int64_t count, float mean, const Line& forward,
                  double& sum, double& product) {
  for (int64_t begin = 0; begin < count; begin += stretch) {
    const int64_t length = std::min(stretch, count - begin);
    const auto add = [&](auto d, int64_t from, int64_t end, int64_t step) {
      auto sums = hn::Zero(d), products = hn::Zero(d);
      const auto means = hn::Set(d, mean);
      const auto line = one_channel(d, forward);
      for (int64_t i = from; i < end; i += step) {
        const auto value = hn::LoadU(d, x + begin + i);
        const auto gradient = line.passed(hn::LoadU(d, dy + begin + i), value);
        sums = hn::Add(sums, gradient);
        products = hn::MulAdd(gradient, hn::Sub(value, means), products);
      }
      sum += sum_of(d, sums);
      product += sum_of(d, products);
    };
    const auto lanes = static_cast<int64_t>(hn::Lanes(Floats()));
    const int64_t whole = length / lanes * lanes;
    add(Floats(), 0, whole, lanes);
    add(Lane(), whole, length, 1);
  }
}

void apply_line(const float* x, int64_t count, const Line& line, float* y) {
  for_each_run(count,
               [&](auto d, int64_t i) { hn::StoreU(one_channel(d, line)(hn::LoadU(d, x + i)), d, y + i); });
}

void apply_gradient_line(const float* dy, const float* x, int64_t count, const GradientLine& line,
                         float* dx) {
  for_each_run(count, [&](auto d, int64_t i) {
    hn::StoreU(one_channel(d, line)(hn::LoadU(d, dy + i), hn::LoadU(d, x + i)), d, dx + i);
  });
}

// Calls body(tag, channel, first element, end) for each vector of channels in each stretch of rows: the
// elements between lie `channels` apart.
template <typename Body>
HWY_INLINE void for_each_stretch(int64_t rows, int64_t channels, const Body& body) {
  const int64_t rows_at_once = std::max<int64_t>(1, stretch / std::max<int64_t>(1, channels));
  for (int64_t row = 0; row < rows; row += rows_at_once) {
    const int64_t end = std::min(rows, row + rows_at_once);
    for_each_run(channels, [&](auto d, int64_t c) { body(d, c, row * channels + c, end * channels + c); });
  }
}

template <typename Tag>
HWY_INLINE void add_lanes(Tag d, hn::Vec<Tag> vector, double* sums) {
  HWY_ALIGN std::array<float, HWY_MAX_BYTES / sizeof(float)> buffer;
  hn::Store(vector, d, buffer.data());
  for (size_t lane = 0; lane < hn::Lanes(d); ++lane) sums[lane] += double{buffer[lane]};
}

void add_moments_per_channel(const float* x, int64_t rows, int64_t channels, const float* shift, double* sum,
                             double* squares) {
  for_each_stretch(rows, channels, [=](auto d, int64_t c, int64_t first, int64_t end) {
    auto sums0 = hn::Zero(d), sums1 = hn::Zero(d), squares0 = hn::Zero(d), squares1 = hn::Zero(d);
    const auto shifts = hn::LoadU(d, shift + c);
    int64_t i = first;
    for (; i + channels < end; i += 2 * channels) {
      const auto a = hn::Sub(hn::LoadU(d, x + i), shifts);
      const auto b = hn::Sub(hn::LoadU(d, x + i + channels), shifts);
      sums0 = hn::Add(sums0, a);
      sums1 = hn::Add(sums1, b);
      squares0 = hn::MulAdd(a, a, squares0);
      squares1 = hn::MulAdd(b, b, squares1);
    }
    if (i < end) {
      const auto a = hn::Sub(hn::LoadU(d, x + i), shifts);
      sums0 = hn::Add(sums0, a);
      squares0 = hn::MulAdd(a, a, squares0);
    }
    add_lanes(d, hn::Add(sums0, sums1), sum + c);
    add_lanes(d, hn::Add(squares0, squares1), squares + c);
  });
}

void add_products_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                              const float* mean, const Line& forward, double* sum, double* product) {
  for_each_stretch(rows, channels, [=](auto d, int64_t c, int64_t first, int64_t end) {
    auto sums = hn::Zero(d), products = hn::Zero(d);
    const auto means = hn::LoadU(d, mean + c);
    const auto line = channels_at(d, forward, c);
    for (int64_t i = first; i < end; i += channels) {
      const auto value = hn::LoadU(d, x + i);
      const auto gradient = line.passed(hn::LoadU(d, dy + i), value);
      sums = hn::Add(sums, gradient);
      products = hn::MulAdd(gradient, hn::Sub(value, means), products);
    }
    add_lanes(d, sums, sum + c);
    add_lanes(d, products, product + c);
  });
}

void apply_line_per_channel(const float* x, int64_t rows, int64_t channels, const Line& line, float* y) {
  for_each_stretch(rows, channels, [=](auto d, int64_t c, int64_t first, int64_t end) {
    const auto at = channels_at(d, line, c);
    for (int64_t i = first; i < end; i += channels) hn::StoreU(at(hn::LoadU(d, x + i)), d, y + i);
  });
}

void apply_gradient_line_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                                     const GradientLine& line, float* dx) {
  for_each_stretch(rows, channels, [=](auto d, int64_t c, int64_t first, int64_t end) {
    const auto at = channels_at(d, line, c);
    for (int64_t i = first; i < end; i += channels)
      hn::StoreU(at(hn::LoadU(d, dy + i), hn::LoadU(d, x + i)), d, dx + i);
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(add_moments);
void add_moments(const float* x, int64_t count, float shift, double& sum, double& squares) {
  HWY_DYNAMIC_DISPATCH(add_moments)(x, count, shift, sum, squares);
}

HWY_EXPORT(add_products);
void add_products(const float* dy, const float* x, int64_t count, float mean, const Line& forward,
                  double& sum, double& product) {
  HWY_DYNAMIC_DISPATCH(add_products)(dy, x, count, mean, forward, sum, product);
}

HWY_EXPORT(apply_line);
void apply_line(const float* x, int64_t count, const Line& line, float* y) {
  HWY_DYNAMIC_DISPATCH(apply_line)(x, count, line, y);
}

HWY_EXPORT(apply_gradient_line);
void apply_gradient_line(const float* dy, const float* x, int64_t count, const GradientLine& line,
                         float* dx) {
  HWY_DYNAMIC_DISPATCH(apply_gradient_line)(dy, x, count, line, dx);
}

HWY_EXPORT(add_moments_per_channel);
void add_moments_per_channel(const float* x, int64_t rows, int64_t channels, const float* shift, double* sum,
                             double* squares) {
  HWY_DYNAMIC_DISPATCH(add_moments_per_channel)(x, rows, channels, shift, sum, squares);
}

HWY_EXPORT(add_products_per_channel);
void add_products_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                              const float* mean, const Line& forward, double* sum, double* product) {
  HWY_DYNAMIC_DISPATCH(add_products_per_channel)(dy, x, rows, channels, mean, forward, sum, product);
}

HWY_EXPORT(apply_line_per_channel);
void apply_line_per_channel(const float* x, int64_t rows, int64_t channels, const Line& line, float* y) {
  HWY_DYNAMIC_DISPATCH(apply_line_per_channel)(x, rows, channels, line, y);
}

HWY_EXPORT(apply_gradient_line_per_channel);
void apply_gradient_line_per_channel(const float* dy, const float* x, int64_t rows, int64_t channels,
                                     const GradientLine& line, float* dx) {
  HWY_DYNAMIC_DISPATCH(apply_gradient_line_per_channel)(dy, x, rows, channels, line, dx);
}

}  // namespace antler::ops::kernels
#endif
