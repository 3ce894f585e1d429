// The transforms of Winograd's convolution F(m x m, 3 x 3), for the processor at hand; see
// winograd_matrices.h. All run on the calling thread alone.
//
// A tile is m x m pixels of the output, where m is `tile`: 2, 3 or 4. It is made from (m + 2) x (m + 2)
// pixels of the image, which are transformed to as many numbers for each channel, multiplied with a kernel of
// as many numbers, and transformed back: 4, 2.8 or 2.25 products for a pixel instead of 9. Transformed tiles
// are stored as (m + 2)^2 matrices (tiles, channels), `step` floats apart.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

inline constexpr int64_t winograd_products(int64_t tile) {
  return (tile + 2) * (tile + 2);
}

/// B^T d B of `tiles` neighbours in one row of tiles: the first begins at `image`, each next one m pixels on,
/// in image rows `row_floats` apart.
void winograd_image(int64_t tile, const float* image, int64_t row_floats, int64_t tiles, int64_t channels,
                    float* to, int64_t step);

/// m rows of output, or fewer where the image ends, which lie `row_floats` apart.
struct WinogradRows {
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t channels = 0;
  int64_t row_floats = 0;
};

/// A^T m A: what tiles come to, with `bias` added unless it is null, and negative results cut to 0 with
/// `relu`.
void winograd_output(int64_t tile, const float* from, int64_t step, const float* bias, bool relu,
                     const WinogradRows& rows, float* y);

/// A dy A^T, the gradient of winograd_output(). Pixels beyond the rows have none.
void winograd_output_gradient(int64_t tile, const float* dy, const WinogradRows& rows, float* to,
                              int64_t step);

/// G g G^T of `count` kernels: from nine matrices to (m + 2)^2, all `step` floats apart.
void winograd_kernel(int64_t tile, const float* kernel, int64_t step, int64_t count, float* to);

/// kernel_gradient = G^T du G, the gradient of winograd_kernel(), of matrices `count` floats apart.
void winograd_kernel_gradient(int64_t tile, const float* gradient, int64_t count, float* kernel_gradient);

}  // namespace antler::ops::kernels
