// How much is added to, or cut off, the sides of sequences and images.
#pragma once

#include <cstdint>

#include "antler/layers/config_reader.h"

namespace antler::layers {

/// Elements before and after those of one axis; one number serves for both: `.padding = 1`, `.padding = {1,
/// 0}`.
struct Sides {
  static constexpr int axes = 1;
  static constexpr const char* dimensions = "1D";
  Sides(int64_t both) : before(both), after(both) {}  // NOLINT(google-explicit-constructor)
  Sides(int64_t first, int64_t last) : before(first), after(last) {}
  int64_t before;
  int64_t after;
};

/// The same for images, in Keras's three ways to say it: one number for all sides; {rows, columns}; {{top,
/// bottom}, {left, right}}.
struct ImageSides {
  static constexpr int axes = 2;
  static constexpr const char* dimensions = "2D";
  ImageSides(int64_t all) : rows(all), columns(all) {}  // NOLINT(google-explicit-constructor)
  ImageSides(const Sides& top_and_bottom, const Sides& left_and_right)
      : rows(top_and_bottom), columns(left_and_right) {}
  /// A sequence is an image of one row.
  ImageSides(const Sides& sides) : rows(0), columns(sides) {}  // NOLINT(google-explicit-constructor)
  Sides rows;
  Sides columns;
};

/// Throws Error for a negative number.
void check_sides(const char* key, const ImageSides& sides);

/// For FieldReader and FieldWriter.
void read_field(ConfigReader& config, const char* key, Sides& sides);
void read_field(ConfigReader& config, const char* key, ImageSides& sides);
/// [before, after], and [[top, bottom], [left, right]].
Json to_config(const Sides& sides);
Json to_config(const ImageSides& sides);

}  // namespace antler::layers
