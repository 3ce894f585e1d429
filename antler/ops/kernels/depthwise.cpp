#include "antler/ops/kernels/depthwise.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/depthwise.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// Calls body(offset in x, offset in the kernel) for each kernel element that output column `j` sees.
template <typename Body>
HWY_INLINE void for_each_tap(const DepthwiseRow& row, int64_t j, const Body& body) {
  const int64_t first = j * row.stride - row.pad;
  const Taps taps = taps_within(first, row.dilation, row.kernel_columns, row.columns);
  for (int64_t a = 0; a < row.kernel_rows; ++a) {
    for (int64_t b = taps.begin; b < taps.end; ++b) {
      body(a * row.row_step + (first + b * row.dilation) * row.channels,
           (a * row.kernel_columns + b) * row.channels);
    }
  }
}

// to[c] += a[c] * b[c]
HWY_INLINE void add_product(const float* a, const float* b, int64_t count, float* to) {
  for_each_place(count, [&](auto place) {
    store(hn::MulAdd(load(a, place), load(b, place), load(to, place)), to, place);
  });
}

void depthwise(const DepthwiseRow& row, const float* x, const float* kernel, const float* bias, bool relu,
               float* y) {
  const Vector zero = hn::Zero(Floats());
  for (int64_t j = 0; j < row.out_columns; ++j) {
    for_each_place(row.channels, [&](auto place) {
      Vector sum = bias == nullptr ? zero : load(bias, place);
      for_each_tap(row, j, [&](int64_t from, int64_t at) {
        sum = hn::MulAdd(load(x + from, place), load(kernel + at, place), sum);
      });
      store(relu ? hn::Max(sum, zero) : sum, y + j * row.channels, place);
    });
  }
}

void add_depthwise_kernel_gradient(const DepthwiseRow& row, const float* x, const float* dy, float* dkernel) {
  for (int64_t j = 0; j < row.out_columns; ++j) {
    for_each_tap(row, j, [&](int64_t from, int64_t at) {
      add_product(x + from, dy + j * row.channels, row.channels, dkernel + at);
    });
  }
}

void add_depthwise_input_gradient(const DepthwiseRow& row, const float* kernel, const float* dy, float* dx) {
  for (int64_t j = 0; j < row.out_columns; ++j) {
    for_each_tap(row, j, [&](int64_t to, int64_t at) {
      add_product(kernel + at, dy + j * row.channels, row.channels, dx + to);
    });
  }
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(depthwise);
void depthwise(const DepthwiseRow& row, const float* x, const float* kernel, const float* bias, bool relu,
               float* y) {
  HWY_DYNAMIC_DISPATCH(depthwise)(row, x, kernel, bias, relu, y);
}

HWY_EXPORT(add_depthwise_kernel_gradient);
void add_depthwise_kernel_gradient(const DepthwiseRow& row, const float* x, const float* dy, float* dkernel) {
  HWY_DYNAMIC_DISPATCH(add_depthwise_kernel_gradient)(row, x, dy, dkernel);
}

HWY_EXPORT(add_depthwise_input_gradient);
void add_depthwise_input_gradient(const DepthwiseRow& row, const float* kernel, const float* dy, float* dx) {
  HWY_DYNAMIC_DISPATCH(add_depthwise_input_gradient)(row, kernel, dy, dx);
}

}  // namespace antler::ops::kernels
#endif
