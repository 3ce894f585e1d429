// A diagram of boxes and arrows, as SVG: what Graphviz draws for Keras's plot_model, without Graphviz.
#pragma once

#include <string>
#include <vector>

#include "antler/visual/layering.h"

namespace antler::visual {

/// Boxes by number, and the arrows between them, which must form no circle.
struct Diagram {
  struct Line {
    std::string label;  ///< "Output shape"
    std::string value;  ///< "(None, 10)", drawn in bold
  };
  struct Box;

  std::string title;  ///< of the whole, for those who cannot see it
  std::vector<Box> boxes;
  std::vector<Edge> edges;
};

/// A head, white on a colour, with lines below; where a diagram is inside, it stands in a frame instead.
struct Diagram::Box {
  std::string title;   ///< in bold; may be empty
  std::string detail;  ///< behind the title in parentheses, or alone
  std::vector<Line> lines = {};
  /// Picks the head's colour; boxes of one family look alike. Any number.
  int family = 0;
  /// Nothing or one.
  std::vector<Diagram> inside = {};
};

/// Where arrows lead.
enum class Direction { down, right };

/// A whole SVG file, on a ground of its own, so that it is readable on dark pages as well. The same diagram
/// gives the same text. Throws Error when the edges form a circle or name boxes that there are not, or when
/// it is too big (see in_layers()).
std::string svg(const Diagram& diagram, Direction direction = Direction::down);

}  // namespace antler::visual
