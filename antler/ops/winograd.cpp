#include "antler/ops/winograd.h"

#include <algorithm>
#include <array>

#include "antler/ops/kernels/product.h"

namespace antler::ops {
namespace {

constexpr int64_t products = kernels::winograd_products;
constexpr int64_t tiles_at_once = 64;
// Below it the transforms cost more than the products that they save.
constexpr int64_t fewest_channels = 24;
constexpr std::array<kernels::BlockOffset, 1> one_block{};

// Neighbouring rows of tiles.
struct Group {
  int64_t begin, end;
};

Group group_of(const Winograd& sizes, int64_t group) {
  const int64_t rows = sizes.tile_rows();
  return {rows * group / sizes.groups(), rows * (group + 1) / sizes.groups()};
}

// How far the matrices of `tiles` transformed tiles lie apart. Without the gap they would often lie a
// multiple of 4 KB apart, and the sixteen numbers of a tile would drive each other from the first-level
// cache.
int64_t matrix_step(int64_t tiles, int64_t channels) {
  constexpr int64_t gap = 16;
  return tiles * channels + gap;
}

// The transformed tiles of a group.
void transform_image(const Winograd& sizes, const float* canvas, Group group, float* to, int64_t step) {
  const int64_t row_floats = sizes.canvas_width() * sizes.channels;
  const int64_t row_tiles = sizes.tile_columns() * sizes.channels;
  for (int64_t row = group.begin; row < group.end; ++row) {
    kernels::winograd_image(canvas + 2 * row * row_floats, row_floats, sizes.tile_columns(), sizes.channels,
                            to + (row - group.begin) * row_tiles, step);
  }
}

kernels::WinogradRows output_rows(const Winograd& sizes, int64_t tile_row, int64_t row_floats) {
  return {.rows = std::min<int64_t>(2, sizes.height - 2 * tile_row),
          .columns = sizes.width,
          .channels = sizes.filters,
          .row_floats = row_floats};
}

}  // namespace

int64_t Winograd::groups() const {
  const int64_t rows_at_once = std::max<int64_t>(1, tiles_at_once / tile_columns());
  return std::max((tile_rows() + rows_at_once - 1) / rows_at_once, std::min(least_groups, tile_rows()));
}

int64_t Winograd::images_at_once() const {
  return std::max<int64_t>(1, tiles_at_once / (tile_rows() * tile_columns()));
}

int64_t Winograd::most_tiles() const {
  return (tile_rows() + groups() - 1) / groups() * tile_columns() * images_at_once();
}

int64_t Winograd::scratch_floats() const {
  return products * (matrix_step(most_tiles(), channels) + matrix_step(most_tiles(), filters));
}

bool Winograd::serves(const Convolution& op, int64_t kernel_height, int64_t kernel_width,
                      const Winograd& sizes) {
  const bool plain = kernel_height == 3 && kernel_width == 3 && op.groups == 1 && op.stride_height == 1 &&
                     op.stride_width == 1 && op.dilation_height == 1 && op.dilation_width == 1;
  const bool little_padding = std::max({op.pad_top, op.pad_bottom, op.pad_left, op.pad_right}) <= 2;
  return plain && little_padding && std::min(sizes.channels, sizes.filters) >= fewest_channels &&
         sizes.tile_rows() * sizes.tile_columns() >= 9;
}

void Winograd::forward(const float* canvas, int64_t group, const float* kernel, const float* bias, bool relu,
                       float* y, float* scratch) const {
  const Group rows = group_of(*this, group);
  const int64_t tiles = (rows.end - rows.begin) * tile_columns();
  const int64_t step = matrix_step(tiles, channels);
  const int64_t product_step = matrix_step(tiles, filters);
  transform_image(*this, canvas, rows, scratch, step);
  float* product = scratch + products * step;
  for (int64_t i = 0; i < products; ++i) {
    kernels::multiply({.rows = tiles,
                       .columns = filters,
                       .depth = channels,
                       .blocks = one_block,
                       .a = scratch + i * step,
                       .a_row_step = channels,
                       .b = kernel + i * channels * filters,
                       .b_step = filters,
                       .c = product + i * product_step,
                       .c_step = filters});
  }
  for (int64_t row = rows.begin; row < rows.end; ++row) {
    kernels::winograd_output(product + (row - rows.begin) * tile_columns() * filters, product_step, bias,
                             relu, output_rows(*this, row, width * filters), y + 2 * row * width * filters);
  }
}

void Winograd::add_kernel_gradient(const float* canvas, const float* dy, int64_t dy_step,
                                   KernelGradientTurn turn, float* gradient, float* scratch) const {
  const int64_t step = matrix_step(most_tiles(), channels);
  const int64_t output_step = matrix_step(most_tiles(), filters);
  float* outputs = scratch + products * step;
  const int64_t slot = turn.image % images_at_once();
  for (int64_t group = 0; group < groups(); ++group) {
    const Group rows = group_of(*this, group);
    const int64_t image_tiles = (rows.end - rows.begin) * tile_columns();
    const int64_t first = slot * image_tiles;
    transform_image(*this, canvas, rows, scratch + first * channels, step);
    for (int64_t row = rows.begin; row < rows.end; ++row) {
      const int64_t tile = first + (row - rows.begin) * tile_columns();
      kernels::winograd_output_gradient(dy + 2 * row * dy_step, output_rows(*this, row, dy_step),
                                        outputs + tile * filters, output_step);
    }
    if (slot + 1 < images_at_once() && !turn.is_last) return;
    for (int64_t i = 0; i < products; ++i) {
      kernels::multiply({.rows = channels,
                         .columns = filters,
                         .depth = first + image_tiles,
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
