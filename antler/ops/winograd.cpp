#include "antler/ops/winograd.h"

#include <algorithm>
#include <array>

#include "antler/core/parallel.h"
#include "antler/ops/kernels/product.h"
#include "antler/ops/kernels/strips.h"

namespace antler::ops {
namespace {

// Below it the transforms cost more than the products that they save.
constexpr int64_t fewest_channels = 16;
// Each thread has a kernel's gradient of its own, which is not to grow beyond 16 MB for the sake of larger
// tiles.
constexpr int64_t most_kernel_floats = 4 << 20;
constexpr std::array<kernels::BlockOffset, 1> one_block{};

// Enough for a product of matrices, and few enough for the second-level cache.
int64_t tiles_at_once(const Winograd& sizes) {
  constexpr int64_t numbers_at_once = 1152;
  return numbers_at_once / sizes.products();
}

// For a channel and a filter of an image.
int64_t products_of(const Winograd& sizes) {
  return sizes.products() * sizes.tile_rows() * sizes.tile_columns();
}

// Neighbouring rows of tiles.
struct Group {
  int64_t begin, end;
};

Group group_of(const Winograd& sizes, int64_t group) {
  const int64_t rows = sizes.tile_rows();
  return {rows * group / sizes.groups(), rows * (group + 1) / sizes.groups()};
}

int64_t tiles_of(const Winograd& sizes, Group group) {
  return (group.end - group.begin) * sizes.tile_columns();
}

// How far the matrices of transformed tiles lie apart. Without the gap they would often lie a multiple of
// 4 KB apart, and the numbers of a tile would drive each other from the first-level cache.
int64_t matrix_step(const Winograd& sizes, int64_t channels) {
  constexpr int64_t gap = 16;
  return sizes.most_tiles() * channels + gap;
}

kernels::WinogradRows output_rows(const Winograd& sizes, int64_t tile_row, int64_t row_floats) {
  return {.rows = std::min(sizes.tile, sizes.height - sizes.tile * tile_row),
          .columns = sizes.width,
          .channels = sizes.filters,
          .row_floats = row_floats};
}

}  // namespace

Winograd Winograd::of(int64_t channels, int64_t filters, int64_t height, int64_t width) {
  Winograd best{.channels = channels, .filters = filters, .height = height, .width = width, .tile = 2};
  for (const int64_t tile : {3, 4}) {
    Winograd other = best;
    other.tile = tile;
    if (products_of(other) < products_of(best) && other.kernel_floats() <= most_kernel_floats) best = other;
  }
  return best;
}

bool Winograd::serves(const Convolution& op, int64_t kernel_height, int64_t kernel_width,
                      const Winograd& sizes) {
  const bool plain = kernel_height == 3 && kernel_width == 3 && op.groups == 1 && op.stride_height == 1 &&
                     op.stride_width == 1 && op.dilation_height == 1 && op.dilation_width == 1;
  const bool little_padding = std::max({op.pad_top, op.pad_bottom, op.pad_left, op.pad_right}) <= 2;
  const int64_t direct_products = 9 * sizes.height * sizes.width;
  return plain && little_padding && std::min(sizes.channels, sizes.filters) >= fewest_channels &&
         2 * products_of(sizes) <= direct_products;
}

int64_t Winograd::groups() const {
  const int64_t rows_at_once = std::max<int64_t>(1, tiles_at_once(*this) / tile_columns());
  return std::max((tile_rows() + rows_at_once - 1) / rows_at_once, std::min(least_groups, tile_rows()));
}

int64_t Winograd::images_at_once() const {
  return std::max<int64_t>(1, tiles_at_once(*this) / (tile_rows() * tile_columns()));
}

SharedProduct Winograd::shared_product(ImageTurn turn) const {
  const int64_t image = turn.image % images_at_once();
  return {image, turn.is_last || image + 1 == images_at_once()};
}

int64_t Winograd::most_tiles() const {
  return (tile_rows() + groups() - 1) / groups() * tile_columns() * images_at_once();
}

int64_t Winograd::scratch_floats() const {
  return products() * (matrix_step(*this, channels) + matrix_step(*this, filters));
}

// To matrices in strips, see kernels::Product.
void Winograd::transform_kernel(const float* kernel, float* to) const {
  const int64_t strip = kernels::strip_width();
  parallel_for(channels, [&](int64_t begin, int64_t end, int) {
    for (int64_t channel = begin; channel < end; ++channel) {
      for (int64_t filter = 0; filter < filters; filter += strip) {
        const int64_t count = std::min(strip, filters - filter);
        kernels::winograd_kernel(tile, kernel + channel * filters + filter, channels * filters, count,
                                 to + filter * channels + channel * count);
      }
    }
  });
}

void Winograd::transform(const float* canvas, int64_t group, int64_t image, float* scratch) const {
  const Group rows = group_of(*this, group);
  const int64_t row_floats = canvas_width() * channels;
  float* to = scratch + image * tiles_of(*this, rows) * channels;
  for (int64_t row = rows.begin; row < rows.end; ++row) {
    kernels::winograd_image(tile, canvas + tile * row * row_floats, row_floats, tile_columns(), channels,
                            to + (row - rows.begin) * tile_columns() * channels,
                            matrix_step(*this, channels));
  }
}

void Winograd::convolve(int64_t group, int64_t images, const float* kernel, const float* bias, bool relu,
                        float* y, float* scratch) const {
  const Group rows = group_of(*this, group);
  const int64_t tiles = tiles_of(*this, rows);
  const int64_t step = matrix_step(*this, channels);
  const int64_t product_step = matrix_step(*this, filters);
  float* product = scratch + products() * step;
  for (int64_t i = 0; i < products(); ++i) {
    kernels::multiply({.rows = images * tiles,
                       .columns = filters,
                       .depth = channels,
                       .blocks = one_block,
                       .a = scratch + i * step,
                       .a_row_step = channels,
                       .b = kernel + i * channels * filters,
                       .strip_rows = channels,
                       .c = product + i * product_step,
                       .c_step = filters});
  }
  for (int64_t image = 0; image < images; ++image) {
    for (int64_t row = rows.begin; row < rows.end; ++row) {
      const int64_t first = image * tiles + (row - rows.begin) * tile_columns();
      kernels::winograd_output(tile, product + first * filters, product_step, bias, relu,
                               output_rows(*this, row, width * filters),
                               y + (image * height + tile * row) * width * filters);
    }
  }
}

void Winograd::add_kernel_gradient(const float* canvas, const float* dy, int64_t dy_step, ImageTurn turn,
                                   float* gradient, float* scratch) const {
  const int64_t step = matrix_step(*this, channels);
  const int64_t output_step = matrix_step(*this, filters);
  float* outputs = scratch + products() * step;
  const SharedProduct shared = shared_product(turn);
  for (int64_t group = 0; group < groups(); ++group) {
    const Group rows = group_of(*this, group);
    const int64_t first = shared.image * tiles_of(*this, rows);
    transform(canvas, group, shared.image, scratch);
    for (int64_t row = rows.begin; row < rows.end; ++row) {
      const int64_t at = first + (row - rows.begin) * tile_columns();
      kernels::winograd_output_gradient(tile, dy + tile * row * dy_step, output_rows(*this, row, dy_step),
                                        outputs + at * filters, output_step);
    }
    if (!shared.is_complete) return;
    for (int64_t i = 0; i < products(); ++i) {
      kernels::multiply({.rows = channels,
                         .columns = filters,
                         .depth = first + tiles_of(*this, rows),
                         .blocks = one_block,
                         .a = scratch + i * step,
                         .a_row_step = 1,
                         .a_step = channels,
                         .b = outputs + i * output_step,
                         .b_step = filters,
                         .c = gradient + i * channels * filters,
                         .c_step = filters,
                         .accumulate = true});
    }
  }
}

}  // namespace antler::ops
