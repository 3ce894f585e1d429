// Convolution of stride 1 with kernels of 3x3 by Winograd's F(2x2, 3x3), with less than half of the products:
// forward, and the gradients of image and kernel. Its results differ from the direct sum's by rounding alone.
#pragma once

#include "antler/ops/convolution.h"
#include "antler/ops/kernels/winograd.h"

namespace antler::ops {

/// Which of the images that one thread goes through, from 0 on, and whether it is its last.
struct KernelGradientTurn {
  int64_t image;
  bool is_last;
};

/// What is convolved: `channels` to `filters`, an image with its padding to `height` by `width` pixels. The
/// image's memory must reach to canvas_height() by canvas_width().
struct Winograd {
  int64_t channels, filters;
  int64_t height, width;
  /// For few images, so that each thread has one.
  int64_t least_groups = 1;

  int64_t tile_rows() const { return (height + 1) / 2; }
  int64_t tile_columns() const { return (width + 1) / 2; }
  int64_t canvas_height() const { return 2 * tile_rows() + 2; }
  int64_t canvas_width() const { return 2 * tile_columns() + 2; }
  /// Rows of tiles are worked on in this many groups, small enough for the second-level cache.
  int64_t groups() const;
  /// Small images share a product in the kernel's gradient, which else would be a sum of few tiles only.
  int64_t images_at_once() const;
  int64_t most_tiles() const;
  int64_t kernel_floats() const { return kernels::winograd_products * channels * filters; }
  /// Working memory of any of the functions below.
  int64_t scratch_floats() const;

  /// Whether `op`, a convolution of kernels of `kernel_height` by `kernel_width`, is one and gains by it.
  static bool serves(const Convolution& op, int64_t kernel_height, int64_t kernel_width,
                     const Winograd& sizes);

  /// One group of an image's rows of tiles. `kernel` is transformed.
  void forward(const float* canvas, int64_t group, const float* kernel, const float* bias, bool relu,
               float* y, float* scratch) const;
  /// Adds what an image brings to the gradient of the transformed kernel, at the latest with the last one;
  /// the rows of dy are `dy_step` floats apart.
  void add_kernel_gradient(const float* canvas, const float* dy, int64_t dy_step, KernelGradientTurn turn,
                           float* gradient, float* scratch) const;
};

}  // namespace antler::ops
