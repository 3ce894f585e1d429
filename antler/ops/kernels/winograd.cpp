#include "antler/ops/kernels/winograd.h"

#include <algorithm>

#include "antler/ops/kernels/winograd_matrices.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/winograd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// A sum of vectors with coefficients that are known when it is compiled.
struct Sum {
  Vector value;
  bool is_empty;

  HWY_INLINE void add(double exact, Vector term) {
    const auto coefficient = static_cast<float>(exact);
    if (coefficient == 0.0F) return;
    const Vector factor = hn::Set(Floats(), coefficient);
    if (is_empty) {
      value = coefficient == 1.0F ? term : coefficient == -1.0F ? hn::Neg(term) : hn::Mul(factor, term);
    } else if (coefficient == 1.0F) {
      value = hn::Add(value, term);
    } else if (coefficient == -1.0F) {
      value = hn::Sub(value, term);
    } else {
      value = hn::MulAdd(factor, term, value);
    }
    is_empty = false;
  }
};

HWY_INLINE Sum empty_sum() {
  return {hn::Zero(Floats()), true};
}

// Whether a row and the next one differ by signs alone: those of the points a and -a do.
template <size_t rows, size_t columns>
constexpr bool is_mirrored(const Matrix<rows, columns>& matrix, size_t row) {
  if (row + 1 >= rows) return false;
  bool differ = false;
  for (size_t j = 0; j < columns; ++j) {
    const double one = matrix[row][j];
    const double other = matrix[row + 1][j];
    if (one != other && one != -other) return false;
    differ = differ || one != other;
  }
  return differ;
}

// Whether the row before is mirrored in it.
template <size_t rows, size_t columns>
constexpr bool is_mirror(const Matrix<rows, columns>& matrix, size_t row) {
  return row > 0 && is_mirrored(matrix, row - 1) && !is_mirror(matrix, row - 1);
}

// put(i, sum over j of matrix[i][j] * in(j)), where a row and its mirror share their sums.
template <const auto& matrix, typename In, typename Put>
HWY_INLINE void transform_by_rows(const In& in, const Put& put) {
  constexpr size_t columns = matrix[0].size();
  unrolled<matrix.size()>([&](auto i) {
    if constexpr (is_mirror(matrix, i)) {
      return;
    } else {
      constexpr bool mirrored = is_mirrored(matrix, i);
      constexpr size_t next = mirrored ? i + 1 : i;
      Sum alike = empty_sum();
      Sum opposite = empty_sum();
      unrolled<columns>(
          [&](auto j) { (matrix[i][j] == matrix[next][j] ? alike : opposite).add(matrix[i][j], in(j)); });
      if constexpr (mirrored) {
        put(i, hn::Add(alike.value, opposite.value));
        put(next, hn::Sub(alike.value, opposite.value));
      } else {
        put(i, alike.value);
      }
    }
  });
}

// The same, where it is columns that are mirrored: what they are multiplied with is added up first.
template <const auto& matrix, typename In, typename Put>
HWY_INLINE void transform_by_columns(const In& in, const Put& put) {
  static constexpr auto turned = transposed(matrix);
  constexpr size_t columns = matrix[0].size();
  Vector folded[columns];
  unrolled<columns>([&](auto j) {
    if constexpr (is_mirror(turned, j)) {
      folded[j] = hn::Sub(in(j - 1), in(j));
    } else if constexpr (is_mirrored(turned, j)) {
      folded[j] = hn::Add(in(j), in(j + 1));
    } else {
      folded[j] = in(j);
    }
  });
  unrolled<matrix.size()>([&](auto i) {
    Sum sum = empty_sum();
    unrolled<columns>([&](auto j) {
      constexpr size_t first = is_mirror(turned, j) ? j - 1 : j;
      constexpr size_t second = is_mirrored(turned, first) ? first + 1 : first;
      constexpr bool is_difference = matrix[i][first] != matrix[i][second];
      constexpr bool counts = first == second || is_difference == (j == second);
      if constexpr (counts) sum.add(matrix[i][first], folded[j]);
    });
    put(i, sum.value);
  });
}

// put(i, j, (matrix in matrix^T)[i][j]), of in(i, j).
template <size_t rows, size_t columns, typename Line, typename In, typename Put>
HWY_INLINE void transform_both(const Line& line, const In& in, const Put& put) {
  Vector between[rows][columns];
  unrolled<columns>([&](auto j) {
    line([&](auto i) { return in(i, j); }, [&](auto i, Vector value) { between[i][j] = value; });
  });
  unrolled<rows>([&](auto i) {
    line([&](auto j) { return between[i][j]; }, [&](auto j, Vector value) { put(i, j, value); });
  });
}

template <const auto& matrix, typename In, typename Put>
HWY_INLINE void transform_rows(const In& in, const Put& put) {
  transform_both<matrix.size(), matrix[0].size()>(
      [](const auto& from, const auto& to) { transform_by_rows<matrix>(from, to); }, in, put);
}

template <const auto& matrix, typename In, typename Put>
HWY_INLINE void transform_columns(const In& in, const Put& put) {
  transform_both<matrix.size(), matrix[0].size()>(
      [](const auto& from, const auto& to) { transform_by_columns<matrix>(from, to); }, in, put);
}

// The pixels of a tile that exist.
struct Pixels {
  int64_t rows, columns;
};

template <int64_t tile>
HWY_INLINE Pixels pixels_of(const WinogradRows& rows, int64_t number) {
  return {rows.rows, std::min(tile, rows.columns - tile * number)};
}

// Flattened: where the compiler leaves calls, each tile goes through memory.
#ifdef ANTLER_SANITIZED
#define ANTLER_FLATTEN
#else
#define ANTLER_FLATTEN HWY_FLATTEN
#endif
template <int64_t tile>
struct Transforms {
  using Matrices = WinogradMatrices<static_cast<size_t>(tile)>;
  static constexpr int64_t extent = tile + 2;

  ANTLER_FLATTEN static void image(const float* image, int64_t row_floats, int64_t tiles, int64_t channels,
                                   float* to, int64_t step) {
    for (int64_t number = 0; number < tiles; ++number) {
      const float* pixels = image + tile * number * channels;
      float* numbers = to + number * channels;
      for_each_place(channels, [&](auto place) {
        transform_rows<Matrices::image>(
            [&](auto i, auto j) { return load(pixels + i * row_floats + j * channels, place); },
            [&](auto i, auto j, Vector value) { store(value, numbers + (extent * i + j) * step, place); });
      });
    }
  }

  ANTLER_FLATTEN static void output(const float* from, int64_t step, const float* bias, bool relu,
                                    const WinogradRows& rows, float* y) {
    const Vector zero = hn::Zero(Floats());
    for (int64_t number = 0; tile * number < rows.columns; ++number) {
      const Pixels exist = pixels_of<tile>(rows, number);
      const float* numbers = from + number * rows.channels;
      float* pixels = y + tile * number * rows.channels;
      for_each_place(rows.channels, [&](auto place) {
        const Vector start = bias != nullptr ? load(bias, place) : zero;
        transform_columns<Matrices::output>(
            [&](auto i, auto j) { return load(numbers + (extent * i + j) * step, place); },
            [&](auto i, auto j, Vector sum) {
              if (i >= exist.rows || j >= exist.columns) return;
              const Vector value = hn::Add(sum, start);
              store(relu ? hn::Max(zero, value) : value, pixels + i * rows.row_floats + j * rows.channels,
                    place);
            });
      });
    }
  }

  ANTLER_FLATTEN static void output_gradient(const float* dy, const WinogradRows& rows, float* to,
                                             int64_t step) {
    for (int64_t number = 0; tile * number < rows.columns; ++number) {
      const Pixels exist = pixels_of<tile>(rows, number);
      const float* pixels = dy + tile * number * rows.channels;
      float* numbers = to + number * rows.channels;
      for_each_place(rows.channels, [&](auto place) {
        transform_rows<Matrices::output_gradient>(
            [&](auto i, auto j) {
              return i < exist.rows && j < exist.columns
                         ? load(pixels + i * rows.row_floats + j * rows.channels, place)
                         : hn::Zero(Floats());
            },
            [&](auto i, auto j, Vector value) { store(value, numbers + (extent * i + j) * step, place); });
      });
    }
  }

  ANTLER_FLATTEN static void kernel(const float* kernel, int64_t step, int64_t count, float* to) {
    for_each_place(count, [&](auto place) {
      transform_rows<Matrices::kernel>(
          [&](auto i, auto j) { return load(kernel + (3 * i + j) * step, place); },
          [&](auto i, auto j, Vector value) { store(value, to + (extent * i + j) * step, place); });
    });
  }

  ANTLER_FLATTEN static void kernel_gradient(const float* gradient, int64_t count, float* kernel_gradient) {
    for_each_place(count, [&](auto place) {
      transform_columns<Matrices::kernel_gradient>(
          [&](auto i, auto j) { return load(gradient + (extent * i + j) * count, place); },
          [&](auto i, auto j, Vector value) { store(value, kernel_gradient + (3 * i + j) * count, place); });
    });
  }
};

// work(Transforms<tile>())
template <typename Work>
HWY_INLINE void with_tile(int64_t tile, const Work& work) {
  if (tile == 2) {
    work(Transforms<2>());
  } else if (tile == 3) {
    work(Transforms<3>());
  } else {
    work(Transforms<4>());
  }
}

void winograd_image(int64_t tile, const float* image, int64_t row_floats, int64_t tiles, int64_t channels,
                    float* to, int64_t step) {
  with_tile(tile, [&](auto transforms) { transforms.image(image, row_floats, tiles, channels, to, step); });
}

void winograd_output(int64_t tile, const float* from, int64_t step, const float* bias, bool relu,
                     const WinogradRows& rows, float* y) {
  with_tile(tile, [&](auto transforms) { transforms.output(from, step, bias, relu, rows, y); });
}

void winograd_output_gradient(int64_t tile, const float* dy, const WinogradRows& rows, float* to,
                              int64_t step) {
  with_tile(tile, [&](auto transforms) { transforms.output_gradient(dy, rows, to, step); });
}

void winograd_kernel(int64_t tile, const float* kernel, int64_t step, int64_t count, float* to) {
  with_tile(tile, [&](auto transforms) { transforms.kernel(kernel, step, count, to); });
}

void winograd_kernel_gradient(int64_t tile, const float* gradient, int64_t count, float* kernel_gradient) {
  with_tile(tile, [&](auto transforms) { transforms.kernel_gradient(gradient, count, kernel_gradient); });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(winograd_image);
void winograd_image(int64_t tile, const float* image, int64_t row_floats, int64_t tiles, int64_t channels,
                    float* to, int64_t step) {
  HWY_DYNAMIC_DISPATCH(winograd_image)(tile, image, row_floats, tiles, channels, to, step);
}

HWY_EXPORT(winograd_output);
void winograd_output(int64_t tile, const float* from, int64_t step, const float* bias, bool relu,
                     const WinogradRows& rows, float* y) {
  HWY_DYNAMIC_DISPATCH(winograd_output)(tile, from, step, bias, relu, rows, y);
}

HWY_EXPORT(winograd_output_gradient);
void winograd_output_gradient(int64_t tile, const float* dy, const WinogradRows& rows, float* to,
                              int64_t step) {
  HWY_DYNAMIC_DISPATCH(winograd_output_gradient)(tile, dy, rows, to, step);
}

HWY_EXPORT(winograd_kernel);
void winograd_kernel(int64_t tile, const float* kernel, int64_t step, int64_t count, float* to) {
  HWY_DYNAMIC_DISPATCH(winograd_kernel)(tile, kernel, step, count, to);
}

HWY_EXPORT(winograd_kernel_gradient);
void winograd_kernel_gradient(int64_t tile, const float* gradient, int64_t count, float* kernel_gradient) {
  HWY_DYNAMIC_DISPATCH(winograd_kernel_gradient)(tile, gradient, count, kernel_gradient);
}

}  // namespace antler::ops::kernels
#endif
