// The transforms of Winograd's convolution F(m x m, r x r), for the processor at hand; see
// winograd_matrices.h. All run on the calling thread alone.
// A tile is m x m pixels of the output. It is made from (m + r - 1)^2 pixels of the image, which are
// transformed to as many numbers for each channel, multiplied with a kernel of as many numbers, and
// transformed back: with windows of 3x3, 4, 2.8 or 2.25 products for a pixel instead of 9. Transformed tiles
// are stored as (m + r - 1)^2 matrices (tiles, channels), `step` floats apart.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

struct WinogradForm {
  /// m: 2, 3 or 4.
  int64_t tile = 0;
  /// r, the extent of a kernel's window: 2 or 3.
  int64_t window = 0;

  constexpr int64_t extent() const { return tile + window - 1; }
  constexpr int64_t products() const { return extent() * extent(); }
};

/// B^T d B of `tiles` neighbours in one row of tiles: the first begins at `image`, each next one m pixels on,
/// in image rows `row_floats` apart.
void winograd_image(const WinogradForm& form, const float* image, int64_t row_floats, int64_t tiles,
                    int64_t channels, float* to, int64_t step);

/// m rows of output, or fewer where the image ends, which lie `row_floats` apart.
struct WinogradRows {
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t channels = 0;
  int64_t row_floats = 0;
};

/// A^T m A: what tiles come to, with `bias` added unless it is null, and negative results cut to 0 with
/// `relu`.
void winograd_output(const WinogradForm& form, const float* from, int64_t step, const float* bias, bool relu,
                     const WinogradRows& rows, float* y);

/// A dy A^T, the gradient of winograd_output(). Pixels beyond the rows have none.
void winograd_output_gradient(const WinogradForm& form, const float* dy, const WinogradRows& rows, float* to,
                              int64_t step);

/// G g G^T of `count` kernels: from r^2 matrices to (m + r - 1)^2, all `step` floats apart.
void winograd_kernel(const WinogradForm& form, const float* kernel, int64_t step, int64_t count, float* to);

/// kernel_gradient = G^T du G, the gradient of winograd_kernel(), of matrices `count` floats apart.
void winograd_kernel_gradient(const WinogradForm& form, const float* gradient, int64_t count,
                              float* kernel_gradient);

}  // namespace antler::ops::kernels
