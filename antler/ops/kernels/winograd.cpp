#include "antler/ops/kernels/winograd.h"

#include <array>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/winograd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// The one-dimensional transforms, applied to rows and then to columns.

// B^T: (d0 - d2, d1 + d2, d2 - d1, d1 - d3)
HWY_INLINE void image_transform(Vector& d0, Vector& d1, Vector& d2, Vector& d3) {
  const Vector first = hn::Sub(d0, d2);
  const Vector second = hn::Add(d1, d2);
  const Vector third = hn::Sub(d2, d1);
  d3 = hn::Sub(d1, d3);
  d0 = first, d1 = second, d2 = third;
}

// A^T: (m0 + m1 + m2, m1 - m2 - m3)
HWY_INLINE void output_transform(Vector& m0, Vector& m1, Vector m2, Vector m3) {
  const Vector first = hn::Add(hn::Add(m0, m1), m2);
  m1 = hn::Sub(hn::Sub(m1, m2), m3);
  m0 = first;
}

// A: (y0, y0 + y1, y0 - y1, -y1)
HWY_INLINE std::array<Vector, 4> output_gradient_transform(Vector y0, Vector y1) {
  return {y0, hn::Add(y0, y1), hn::Sub(y0, y1), hn::Neg(y1)};
}

// G: (g0, (g0 + g1 + g2) / 2, (g0 - g1 + g2) / 2, g2)
HWY_INLINE std::array<Vector, 4> kernel_transform(Vector g0, Vector g1, Vector g2) {
  const Vector half = constant(0.5F);
  const Vector outer = hn::Add(g0, g2);
  return {g0, hn::Mul(half, hn::Add(outer, g1)), hn::Mul(half, hn::Sub(outer, g1)), g2};
}

// G^T: (u0 + (u1 + u2) / 2, (u1 - u2) / 2, (u1 + u2) / 2 + u3)
HWY_INLINE std::array<Vector, 3> kernel_gradient_transform(Vector u0, Vector u1, Vector u2, Vector u3) {
  const Vector half = constant(0.5F);
  const Vector sum = hn::Mul(half, hn::Add(u1, u2));
  return {hn::Add(u0, sum), hn::Mul(half, hn::Sub(u1, u2)), hn::Add(sum, u3)};
}

template <typename Place>
HWY_INLINE void image_tile(const float* image, int64_t row_floats, int64_t channels, Place place, float* to,
                           int64_t step) {
  Vector d[4][4];
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) d[i][j] = load(image + i * row_floats + j * channels, place);
  }
  for (int j = 0; j < 4; ++j) image_transform(d[0][j], d[1][j], d[2][j], d[3][j]);
  for (int i = 0; i < 4; ++i) {
    image_transform(d[i][0], d[i][1], d[i][2], d[i][3]);
    for (int j = 0; j < 4; ++j) store(d[i][j], to + (4 * i + j) * step, place);
  }
}

void winograd_image(const float* image, int64_t row_floats, int64_t tiles, int64_t channels, float* to,
                    int64_t step) {
  for (int64_t tile = 0; tile < tiles; ++tile) {
    for_each_place(channels, [&](auto place) {
      image_tile(image + 2 * tile * channels, row_floats, channels, place, to + tile * channels, step);
    });
  }
}

// The tile's pixels that exist.
struct Pixels {
  int64_t rows, columns;
};

HWY_INLINE Pixels pixels_of(const WinogradRows& rows, int64_t tile) {
  return {rows.rows, rows.columns - 2 * tile < 2 ? int64_t{1} : int64_t{2}};
}

template <typename Place>
HWY_INLINE void output_tile(const float* from, int64_t step, const float* bias, bool relu, Pixels pixels,
                            const WinogradRows& rows, Place place, float* y) {
  Vector m[4][4];
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) m[i][j] = load(from + (4 * i + j) * step, place);
  }
  for (int j = 0; j < 4; ++j) output_transform(m[0][j], m[1][j], m[2][j], m[3][j]);
  const Vector zero = hn::Zero(Floats());
  const Vector start = bias != nullptr ? load(bias, place) : zero;
  for (int i = 0; i < pixels.rows; ++i) {
    output_transform(m[i][0], m[i][1], m[i][2], m[i][3]);
    for (int j = 0; j < pixels.columns; ++j) {
      const Vector value = hn::Add(m[i][j], start);
      store(relu ? hn::Max(zero, value) : value, y + i * rows.row_floats + j * rows.channels, place);
    }
  }
}

void winograd_output(const float* from, int64_t step, const float* bias, bool relu, const WinogradRows& rows,
                     float* y) {
  for (int64_t tile = 0; 2 * tile < rows.columns; ++tile) {
    for_each_place(rows.channels, [&](auto place) {
      output_tile(from + tile * rows.channels, step, bias, relu, pixels_of(rows, tile), rows, place,
                  y + 2 * tile * rows.channels);
    });
  }
}

template <typename Place>
HWY_INLINE void output_gradient_tile(const float* dy, Pixels pixels, const WinogradRows& rows, Place place,
                                     float* to, int64_t step) {
  Vector y[2][2];
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 2; ++j) {
      const bool exists = i < pixels.rows && j < pixels.columns;
      y[i][j] = exists ? load(dy + i * rows.row_floats + j * rows.channels, place) : hn::Zero(Floats());
    }
  }
  const auto left = output_gradient_transform(y[0][0], y[1][0]);
  const auto right = output_gradient_transform(y[0][1], y[1][1]);
  for (size_t i = 0; i < 4; ++i) {
    const auto row = output_gradient_transform(left[i], right[i]);
    for (size_t j = 0; j < 4; ++j) store(row[j], to + static_cast<int64_t>(4 * i + j) * step, place);
  }
}

void winograd_output_gradient(const float* dy, const WinogradRows& rows, float* to, int64_t step) {
  for (int64_t tile = 0; 2 * tile < rows.columns; ++tile) {
    for_each_place(rows.channels, [&](auto place) {
      output_gradient_tile(dy + 2 * tile * rows.channels, pixels_of(rows, tile), rows, place,
                           to + tile * rows.channels, step);
    });
  }
}

void winograd_kernel(const float* kernel, int64_t count, float* to) {
  for_each_place(count, [&](auto place) {
    std::array<std::array<Vector, 4>, 3> columns;
    for (int64_t j = 0; j < 3; ++j) {
      columns[static_cast<size_t>(j)] =
          kernel_transform(load(kernel + j * count, place), load(kernel + (3 + j) * count, place),
                           load(kernel + (6 + j) * count, place));
    }
    for (size_t i = 0; i < 4; ++i) {
      const auto row = kernel_transform(columns[0][i], columns[1][i], columns[2][i]);
      for (size_t j = 0; j < 4; ++j) store(row[j], to + static_cast<int64_t>(4 * i + j) * count, place);
    }
  });
}

void winograd_kernel_gradient(const float* gradient, int64_t count, float* kernel_gradient) {
  for_each_place(count, [&](auto place) {
    std::array<std::array<Vector, 3>, 4> columns;
    for (int64_t j = 0; j < 4; ++j) {
      columns[static_cast<size_t>(j)] = kernel_gradient_transform(
          load(gradient + j * count, place), load(gradient + (4 + j) * count, place),
          load(gradient + (8 + j) * count, place), load(gradient + (12 + j) * count, place));
    }
    for (size_t i = 0; i < 3; ++i) {
      const auto row = kernel_gradient_transform(columns[0][i], columns[1][i], columns[2][i], columns[3][i]);
      for (size_t j = 0; j < 3; ++j)
        store(row[j], kernel_gradient + static_cast<int64_t>(3 * i + j) * count, place);
    }
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(winograd_image);
void winograd_image(const float* image, int64_t row_floats, int64_t tiles, int64_t channels, float* to,
                    int64_t step) {
  HWY_DYNAMIC_DISPATCH(winograd_image)(image, row_floats, tiles, channels, to, step);
}

HWY_EXPORT(winograd_output);
void winograd_output(const float* from, int64_t step, const float* bias, bool relu, const WinogradRows& rows,
                     float* y) {
  HWY_DYNAMIC_DISPATCH(winograd_output)(from, step, bias, relu, rows, y);
}

HWY_EXPORT(winograd_output_gradient);
void winograd_output_gradient(const float* dy, const WinogradRows& rows, float* to, int64_t step) {
  HWY_DYNAMIC_DISPATCH(winograd_output_gradient)(dy, rows, to, step);
}

HWY_EXPORT(winograd_kernel);
void winograd_kernel(const float* kernel, int64_t count, float* to) {
  HWY_DYNAMIC_DISPATCH(winograd_kernel)(kernel, count, to);
}

HWY_EXPORT(winograd_kernel_gradient);
void winograd_kernel_gradient(const float* gradient, int64_t count, float* kernel_gradient) {
  HWY_DYNAMIC_DISPATCH(winograd_kernel_gradient)(gradient, count, kernel_gradient);
}

}  // namespace antler::ops::kernels
#endif
