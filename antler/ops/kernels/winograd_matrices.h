// The matrices of Winograd's convolution F(m x m, 3 x 3), computed from the points at which its polynomials
// are interpolated: Lavin and Gray 2016, "Fast algorithms for convolutional neural networks".
#pragma once

#include <array>
#include <cstddef>

namespace antler::ops::kernels {

template <size_t rows, size_t columns>
using Matrix = std::array<std::array<double, columns>, rows>;

/// The finite points of F(tile x tile, 3 x 3), beside infinity; +a is followed by -a, which halves the sums.
/// Those of tiles larger than 2 were chosen for small rounding errors: with the usual 0, 1, -1, 2, -2 tiles
/// of 4 lose half a digit more.
template <size_t tile>
constexpr std::array<double, tile + 1> winograd_points = {};
template <>
constexpr std::array<double, 3> winograd_points<2> = {0.0, 1.0, -1.0};
template <>
constexpr std::array<double, 4> winograd_points<3> = {0.5, -0.5, 1.25, -1.25};
template <>
constexpr std::array<double, 5> winograd_points<4> = {0.0, 0.70710678118654752, -0.70710678118654752,
                                                      1.41421356237309505, -1.41421356237309505};

template <size_t rows, size_t columns>
constexpr Matrix<columns, rows> transposed(const Matrix<rows, columns>& matrix) {
  Matrix<columns, rows> result{};
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < columns; ++j) result[j][i] = matrix[i][j];
  }
  return result;
}

/// Of one dimension; both take the same matrices.
template <size_t tile>
class WinogradMatrices {
  static constexpr size_t extent = tile + 2;
  static constexpr std::array<double, tile + 1> points = winograd_points<tile>;
  static constexpr size_t infinity = tile + 1;

  static constexpr double power(double base, size_t exponent) {
    return exponent == 0 ? 1.0 : base * power(base, exponent - 1);
  }

  // The coefficients, from the lowest, of the product of (x - p) over all points p but points[left_out].
  static constexpr std::array<double, extent> polynomial(size_t left_out) {
    std::array<double, extent> coefficients{1.0};
    for (size_t i = 0; i < points.size(); ++i) {
      if (i == left_out) continue;
      for (size_t k = extent; k-- > 0;)
        coefficients[k] = (k > 0 ? coefficients[k - 1] : 0.0) - points[i] * coefficients[k];
    }
    return coefficients;
  }

  static constexpr Matrix<extent, extent> image_matrix() {
    Matrix<extent, extent> matrix{};
    for (size_t i = 0; i < extent; ++i) matrix[i] = polynomial(i);
    return matrix;
  }

  static constexpr Matrix<extent, 3> kernel_matrix() {
    Matrix<extent, 3> matrix{};
    for (size_t i = 0; i < points.size(); ++i) {
      double scale = 1.0;
      for (size_t j = 0; j < points.size(); ++j) {
        if (j != i) scale *= points[i] - points[j];
      }
      for (size_t j = 0; j < 3; ++j) matrix[i][j] = power(points[i], j) / scale;
    }
    matrix[infinity][2] = 1.0;
    return matrix;
  }

  static constexpr Matrix<tile, extent> output_matrix() {
    Matrix<tile, extent> matrix{};
    for (size_t i = 0; i < tile; ++i) {
      for (size_t j = 0; j < points.size(); ++j) matrix[i][j] = power(points[j], i);
    }
    matrix[tile - 1][infinity] = 1.0;
    return matrix;
  }

 public:
  /// B^T, G and A^T in the paper, and the transposed ones, with which gradients go back.
  static constexpr auto image = image_matrix();
  static constexpr auto kernel = kernel_matrix();
  static constexpr auto output = output_matrix();
  static constexpr auto kernel_gradient = transposed(kernel);
  static constexpr auto output_gradient = transposed(output);
};

}  // namespace antler::ops::kernels
