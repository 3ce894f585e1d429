// Convolution of stride 1 with kernels of 3x3 by Winograd's F(m x m, 3x3), with a half to a quarter of the
// products: forward, and the gradients of image and kernel. Its results differ from the direct sum's by
// rounding alone.
#pragma once

#include "antler/ops/convolution.h"
#include "antler/ops/kernels/winograd.h"

namespace antler::ops {

/// Which of the images that one thread goes through, from 0 on, and whether it is its last.
struct ImageTurn {
  int64_t image;
  bool is_last;
};

/// Which of the images that share a product, from 0 on, and whether the product can follow.
struct SharedProduct {
  int64_t image;
  bool is_complete;
};

/// What is convolved: `channels` to `filters`, an image with its padding to `height` by `width` pixels, in
/// tiles of `tile` by `tile` pixels. The image's memory must reach to canvas_height() by canvas_width().
struct Winograd {
  int64_t channels, filters;
  int64_t height, width;
  int64_t tile;
  /// For few images, so that each thread has one.
  int64_t least_groups = 1;

  /// With the tiles that need the fewest products, as long as the transformed kernel stays small.
  static Winograd of(int64_t channels, int64_t filters, int64_t height, int64_t width);
  /// Whether `op`, a convolution of kernels of `kernel_height` by `kernel_width`, is one and gains by it.
  static bool serves(const Convolution& op, int64_t kernel_height, int64_t kernel_width,
                     const Winograd& sizes);

  int64_t tile_rows() const { return (height + tile - 1) / tile; }
  int64_t tile_columns() const { return (width + tile - 1) / tile; }
  int64_t canvas_height() const { return tile * tile_rows() + 2; }
  int64_t canvas_width() const { return tile * tile_columns() + 2; }
  int64_t products() const { return kernels::winograd_products(tile); }
  /// Rows of tiles are worked on in this many groups, small enough for the second-level cache.
  int64_t groups() const;
  /// Small images, of one group, share a product, which else would be one of few rows.
  int64_t images_at_once() const;
  SharedProduct shared_product(ImageTurn turn) const;
  int64_t most_tiles() const;
  int64_t kernel_floats() const { return products() * channels * filters; }
  /// Working memory of the functions below.
  int64_t scratch_floats() const;

  /// Transforms the kernel (3, 3, channels, filters) to kernel_floats(), for convolve().
  void transform_kernel(const float* kernel, float* to) const;
  /// Takes one group of an image's rows of tiles: of images_at_once() at most, one after the other.
  void transform(const float* canvas, int64_t group, int64_t image, float* scratch) const;
  /// Convolves what was taken of so many images with the transformed kernel, and writes it to these images
  /// from `y` on.
  void convolve(int64_t group, int64_t images, const float* kernel, const float* bias, bool relu, float* y,
                float* scratch) const;
  /// Adds what an image brings to the gradient of the transformed kernel, at the latest with the last one;
  /// the rows of dy are `dy_step` floats apart.
  void add_kernel_gradient(const float* canvas, const float* dy, int64_t dy_step, ImageTurn turn,
                           float* gradient, float* scratch) const;
};

}  // namespace antler::ops
