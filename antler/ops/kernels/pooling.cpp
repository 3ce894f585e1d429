#include "antler/ops/kernels/pooling.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/pooling.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// A window's columns that lie within the image.
struct Columns {
  int64_t begin, end;
};

// Calls body(window, columns, place) for each vector of channels of each window.
template <typename Body>
HWY_INLINE void for_each_window(const WindowRow& row, const Body& body) {
  for (int64_t window = 0; window < row.windows; ++window) {
    const int64_t begin = window * row.stride - row.pad;
    const Columns columns{std::max<int64_t>(begin, 0), std::min(begin + row.pool, row.columns)};
    for_each_place(row.channels, [&](auto place) { body(window, columns, place); });
  }
}

// Calls body(offset of the pixel) for each pixel of a window.
template <typename Body>
HWY_INLINE void for_each_pixel(const WindowRow& row, Columns columns, const Body& body) {
  for (int64_t i = row.first_row; i < row.last_row; ++i) {
    for (int64_t j = columns.begin; j < columns.end; ++j) body((i * row.columns + j) * row.channels);
  }
}

HWY_INLINE float share_of(const WindowRow& row, Columns columns) {
  return static_cast<float>((row.last_row - row.first_row) * (columns.end - columns.begin));
}

void max_windows(const float* image, const WindowRow& row, float* y) {
  for_each_window(row, [&](int64_t window, Columns columns, auto place) {
    Vector best = constant(-HUGE_VALF);
    for_each_pixel(row, columns, [&](int64_t pixel) {
      const Vector value = load(image + pixel, place);
      best = hn::IfThenElse(hn::Lt(best, value), value, best);
    });
    store(best, y + window * row.channels, place);
  });
}

void mean_windows(const float* image, const WindowRow& row, float* y) {
  for_each_window(row, [&](int64_t window, Columns columns, auto place) {
    Vector sum = hn::Zero(Floats());
    for_each_pixel(row, columns, [&](int64_t pixel) { sum = hn::Add(sum, load(image + pixel, place)); });
    store(hn::Div(sum, constant(share_of(row, columns))), y + window * row.channels, place);
  });
}

void add_max_windows_gradient(const float* image, const float* dy, const WindowRow& row, float* dimage) {
  const hn::RebindToSigned<Floats> numbers;
  const auto one = hn::Set(numbers, 1);
  for_each_window(row, [&](int64_t window, Columns columns, auto place) {
    Vector best = load(image + (row.first_row * row.columns + columns.begin) * row.channels, place);
    auto winner = hn::Zero(numbers);  // which of the window's pixels it is, counted in this order
    auto number = hn::Zero(numbers);
    for_each_pixel(row, columns, [&](int64_t pixel) {
      const Vector value = load(image + pixel, place);
      const auto better = hn::Gt(value, best);
      best = hn::IfThenElse(better, value, best);
      winner = hn::IfThenElse(hn::RebindMask(numbers, better), number, winner);
      number = hn::Add(number, one);
    });
    const Vector gradient = load(dy + window * row.channels, place);
    number = hn::Zero(numbers);
    for_each_pixel(row, columns, [&](int64_t pixel) {
      const auto won = hn::RebindMask(Floats(), hn::Eq(winner, number));
      store(hn::Add(load(dimage + pixel, place), hn::IfThenElseZero(won, gradient)), dimage + pixel, place);
      number = hn::Add(number, one);
    });
  });
}

void add_mean_windows_gradient(const float* dy, const WindowRow& row, float* dimage) {
  for_each_window(row, [&](int64_t window, Columns columns, auto place) {
    const Vector share =
        hn::Mul(load(dy + window * row.channels, place), constant(1.0F / share_of(row, columns)));
    for_each_pixel(row, columns, [&](int64_t pixel) {
      store(hn::Add(load(dimage + pixel, place), share), dimage + pixel, place);
    });
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(max_windows);
void max_windows(const float* image, const WindowRow& row, float* y) {
  HWY_DYNAMIC_DISPATCH(max_windows)(image, row, y);
}

HWY_EXPORT(mean_windows);
void mean_windows(const float* image, const WindowRow& row, float* y) {
  HWY_DYNAMIC_DISPATCH(mean_windows)(image, row, y);
}

HWY_EXPORT(add_max_windows_gradient);
void add_max_windows_gradient(const float* image, const float* dy, const WindowRow& row, float* dimage) {
  HWY_DYNAMIC_DISPATCH(add_max_windows_gradient)(image, dy, row, dimage);
}

HWY_EXPORT(add_mean_windows_gradient);
void add_mean_windows_gradient(const float* dy, const WindowRow& row, float* dimage) {
  HWY_DYNAMIC_DISPATCH(add_mean_windows_gradient)(dy, row, dimage);
}

}  // namespace antler::ops::kernels
#endif
