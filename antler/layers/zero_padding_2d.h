// Zeros around images.
#pragma once

#include <string>

#include "antler/layers/make_layer.h"

namespace antler::layers {

class ConfigReader;

/// How many zeros go before and after the elements of one axis.
struct Sides {
  int64_t before = 0;
  int64_t after = 0;
};

/// Keras's three ways to say it: one number for all sides; {rows, columns}; {{top, bottom}, {left, right}}.
struct Padding2D {
  Padding2D(int64_t all) : Padding2D(all, all) {}  // NOLINT(google-explicit-constructor)
  Padding2D(int64_t above_and_below, int64_t left_and_right)
      : rows{above_and_below, above_and_below}, columns{left_and_right, left_and_right} {}
  Padding2D(const Sides& top_and_bottom, const Sides& left_and_right)
      : rows(top_and_bottom), columns(left_and_right) {}
  Sides rows;
  Sides columns;
};

struct ZeroPadding2DOptions {
  Padding2D padding = 1;
  InputShape input_shape = {};
  std::string name = {};
};

/// (batch, height, width, channels) to (batch, top + height + bottom, left + width + right, channels). Throws
/// Error for a negative padding.
Layer ZeroPadding2D(const ZeroPadding2DOptions& options = {});

/// For the registry.
std::shared_ptr<LayerBase> read_zero_padding_2d(ConfigReader& config);

}  // namespace antler::layers
