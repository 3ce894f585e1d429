// Where the boxes and arrows of a diagram go: a layered drawing from top to bottom.
#pragma once

#include <span>
#include <vector>

#include "antler/visual/layering.h"

namespace antler::visual {

struct Size {
  double width = 0.0;
  double height = 0.0;
};

/// x grows to the right, y downwards.
struct Point {
  double x = 0.0;
  double y = 0.0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Layout {
  std::vector<Point> centres;  ///< of each box
  /// Of each edge, from the lower border of a box to the upper border of another: points to join by curves
  /// that start and end upright. Points one below the other, as beside a box that is passed, make a straight
  /// line.
  std::vector<std::vector<Point>> ways;
  /// All of it lies between (0, 0) and here.
  Size size;
};

/// Boxes overlap neither each other nor edges. The same arguments give the same layout. Throws Error where
/// in_layers() does.
Layout lay_out(std::span<const Size> boxes, std::span<const Edge> edges);

}  // namespace antler::visual
