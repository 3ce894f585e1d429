#include "antler/visual/diagram.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "antler/visual/layout.h"
#include "antler/visual/svg_text.h"

namespace antler::visual {
namespace {

constexpr double margin = 20.0;   // around all of it, and around what stands in a frame
constexpr double padding = 12.0;  // beside the text in a box
constexpr double head_height = 28.0;
constexpr double line_height = 20.0;
constexpr double title_size = 14.0;
constexpr double line_size = 12.0;

// Colours of heads, dark enough for white text.
constexpr const char* colours[] = {"#374151", "#1d4ed8", "#047857", "#7e22ce",
                                   "#b45309", "#be123c", "#0e7490", "#4d5f0f"};

constexpr const char* style = R"(<style>
text { font-family: Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif; font-size: 12px; fill: #1f2937 }
.head { font-size: 14px; fill: #ffffff; text-anchor: middle }
.frame-head { font-size: 14px; fill: #374151 }
.name { font-weight: bold }
.box { fill: #ffffff; stroke: #374151 }
.frame { fill: #f3f4f6; stroke: #6b7280; stroke-dasharray: 6 4 }
.edge { fill: none; stroke: #374151; stroke-width: 1.6 }
</style>
<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9"
 markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L10 5L0 9z" fill="#374151"/></marker></defs>
)";

// A diagram whose parts have their places, from (0, 0) on.
struct Drawing {
  Layout layout;
  std::vector<Size> sizes;      // of each box
  std::vector<Drawing> inside;  // of each box; without boxes where it encloses nothing
};

bool is_frame(const Diagram::Box& box) {
  return !box.inside.empty();
}

std::string in_parentheses(const Diagram::Box& box) {
  return box.title.empty() || box.detail.empty() ? box.detail : " (" + box.detail + ")";
}

Size size_of(const Diagram::Box& box, const Drawing& inside) {
  double width = text_width(box.title, title_size, true) + text_width(in_parentheses(box), title_size);
  if (is_frame(box)) {
    const Size& content = inside.layout.size;
    return {std::max(content.width, std::ceil(width)) + 2 * margin,
            head_height + content.height + 2 * margin};
  }
  for (const Diagram::Line& line : box.lines) {
    const double label = text_width(line.label + ": ", line_size);
    width = std::max(width, label + text_width(line.value, line_size, true));
  }
  const auto lines = static_cast<double>(box.lines.size());
  return {std::ceil(width) + 2 * padding,
          head_height + (box.lines.empty() ? 0.0 : lines * line_height + 8.0)};
}

Size turned(Size size) {
  return {size.height, size.width};
}
Point turned(Point point) {
  return {point.y, point.x};
}

// A layout to the right is one downwards of boxes on their sides, laid on its side.
Layout lay_out(std::vector<Size> sizes, std::span<const Edge> edges, Direction direction) {
  if (direction == Direction::down) return lay_out(sizes, edges);
  for (Size& size : sizes) size = turned(size);
  Layout layout = lay_out(sizes, edges);
  layout.size = turned(layout.size);
  for (Point& centre : layout.centres) centre = turned(centre);
  for (std::vector<Point>& way : layout.ways) {
    for (Point& point : way) point = turned(point);
  }
  return layout;
}

Drawing arrange(const Diagram& diagram, Direction direction) {
  Drawing drawing;
  for (const Diagram::Box& box : diagram.boxes) {
    drawing.inside.push_back(is_frame(box) ? arrange(box.inside.front(), direction) : Drawing());
    drawing.sizes.push_back(size_of(box, drawing.inside.back()));
  }
  drawing.layout = lay_out(drawing.sizes, diagram.edges, direction);
  return drawing;
}

class Pen {
 public:
  explicit Pen(Direction direction) : direction_(direction) {}

  // `corner` is where the drawing's (0, 0) goes.
  void draw(const Diagram& diagram, const Drawing& drawing, Point corner) {
    for (size_t i = 0; i < diagram.boxes.size(); ++i) {
      const Point centre = drawing.layout.centres[i];
      const Size size = drawing.sizes[i];
      const Point at{corner.x + centre.x - size.width / 2, corner.y + centre.y - size.height / 2};
      if (is_frame(diagram.boxes[i])) {
        draw_frame(diagram.boxes[i], size, at);
        const double aside = (size.width - drawing.inside[i].layout.size.width) / 2;
        draw(diagram.boxes[i].inside.front(), drawing.inside[i], {at.x + aside, at.y + head_height + margin});
      } else {
        draw_box(diagram.boxes[i], size, at);
      }
    }
    for (const std::vector<Point>& way : drawing.layout.ways) draw_way(way, corner);
  }

  const std::string& text() const { return text_; }

 private:
  template <typename... Values>
  void put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
  }

  void draw_head(const Diagram::Box& box, const char* css_class, Point at) {
    put("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">", css_class, at.x, at.y);
    if (!box.title.empty()) put("<tspan class=\"name\">{}</tspan>", xml_text(box.title));
    put("{}</text>\n", xml_text(in_parentheses(box)));
  }

  void draw_frame(const Diagram::Box& box, Size size, Point at) {
    put("<rect class=\"frame\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"8\"/>\n",
        at.x, at.y, size.width, size.height);
    draw_head(box, "frame-head", {at.x + padding, at.y + 22.0});
  }

  void draw_box(const Diagram::Box& box, Size size, Point at) {
    put("<rect class=\"box\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"5\"/>\n", at.x,
        at.y, size.width, size.height);
    const char* colour = colours[static_cast<unsigned>(box.family) % std::size(colours)];
    const double below = box.lines.empty() ? 5.0 : 0.0;  // how round the head's lower corners are
    put("<path fill=\"{}\" d=\"M{:.1f} {:.1f}v{:.1f}q0 {} {} {}h{:.1f}q{} 0 {} -{}v{:.1f}q0 -5 -5 "
        "-5h{:.1f}q-5 0 "
        "-5 5z\"/>\n",
        colour, at.x, at.y + 5, head_height - 5 - below, below, below, below, size.width - 2 * below, below,
        below, below, below + 5 - head_height, 10 - size.width);
    draw_head(box, "head", {at.x + size.width / 2, at.y + 19.0});
    double y = at.y + head_height + 18.0;
    for (const Diagram::Line& line : box.lines) {
      put("<text x=\"{:.1f}\" y=\"{:.1f}\">{}: <tspan class=\"name\">{}</tspan></text>\n", at.x + padding, y,
          xml_text(line.label), xml_text(line.value));
      y += line_height;
    }
  }

  // Curves leave and arrive in the diagram's direction.
  void draw_way(const std::vector<Point>& way, Point corner) {
    put("<path class=\"edge\" marker-end=\"url(#arrow)\" d=\"M{:.1f} {:.1f}", corner.x + way[0].x,
        corner.y + way[0].y);
    for (size_t i = 1; i < way.size(); ++i) {
      const Point from{corner.x + way[i - 1].x, corner.y + way[i - 1].y};
      const Point to{corner.x + way[i].x, corner.y + way[i].y};
      const Point middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
      if (from.x == to.x || from.y == to.y) {
        put("L{:.1f} {:.1f}", to.x, to.y);
      } else if (direction_ == Direction::down) {
        put("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", from.x, middle.y, to.x, middle.y, to.x, to.y);
      } else {
        put("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", middle.x, from.y, middle.x, to.y, to.x, to.y);
      }
    }
    put("\"/>\n");
  }

  Direction direction_;
  std::string text_;
};

}  // namespace

std::string svg(const Diagram& diagram, Direction direction) {
  const Drawing drawing = arrange(diagram, direction);
  const double width = drawing.layout.size.width + 2 * margin;
  const double height = drawing.layout.size.height + 2 * margin;
  Pen pen(direction);
  pen.draw(diagram, drawing, {margin, margin});
  return svg_begin(width, height, diagram.title) + style + svg_ground + pen.text() + "</svg>\n";
}

}  // namespace antler::visual
