// The transforms of Winograd's convolution F(2x2, 3x3), for the processor at hand: Lavin and Gray 2016, "Fast
// algorithms for convolutional neural networks". All run on the calling thread alone.
//
// A tile is 2x2 pixels of the output. It is made from 4x4 pixels of the image, which are transformed to 16
// numbers for each channel, multiplied with a kernel of 16 numbers, and transformed back: 16 products instead
// of 36. Transformed tiles are stored as 16 matrices (tiles, channels), `step` floats apart.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

inline constexpr int64_t winograd_products = 16;

/// B^T d B of `tiles` neighbours in two rows of output: the first begins at `image`, each next one two pixels
/// on, in image rows `row_floats` apart.
void winograd_image(const float* image, int64_t row_floats, int64_t tiles, int64_t channels, float* to,
                    int64_t step);

/// Two rows of output, or one, which lie `row_floats` apart.
struct WinogradRows {
  int64_t rows = 2;
  int64_t columns = 0;
  int64_t channels = 0;
  int64_t row_floats = 0;
};

/// A^T m A: what tiles come to, with `bias` added unless it is null, and negative results cut to 0 with
/// `relu`.
void winograd_output(const float* from, int64_t step, const float* bias, bool relu, const WinogradRows& rows,
                     float* y);

/// A dy A^T, the gradient of winograd_output(). Pixels beyond the rows have none.
void winograd_output_gradient(const float* dy, const WinogradRows& rows, float* to, int64_t step);

/// G g G^T of `count` kernels: from nine matrices to sixteen, each of `count` floats.
void winograd_kernel(const float* kernel, int64_t count, float* to);

/// kernel_gradient = G^T du G, the gradient of winograd_kernel().
void winograd_kernel_gradient(const float* gradient, int64_t count, float* kernel_gradient);

}  // namespace antler::ops::kernels
