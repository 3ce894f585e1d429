#include "antler/visual/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "antler/core/error.h"
#include "antler/visual/svg_text.h"

namespace antler::visual {
namespace {

constexpr int64_t shades = 16;
constexpr double pixel = 3.0;  // its side in the image
constexpr double gap = 16.0;
constexpr double line = 16.0;  // of a caption

// The pixels of each shade, from the faintest to black, as the inside of a path.
std::array<std::string, shades> shapes_of(const Picture& picture, int64_t width) {
  std::array<std::string, shades> shapes;
  for (size_t i = 0; i < picture.brightness.size(); ++i) {
    const auto shade = std::lround(std::clamp(picture.brightness[i], 0.0F, 1.0F) * (shades - 1));
    const auto at = static_cast<int64_t>(i);
    shapes[static_cast<size_t>(shade)] += fmt::format("M{} {}h1v1h-1z", at % width, at / width);
  }
  return shapes;
}

std::string drawn(const Picture& picture, const Sheet& sheet, double x, double y) {
  const double width = static_cast<double>(sheet.width) * pixel;
  const double height = static_cast<double>(sheet.height) * pixel;
  std::string text = fmt::format(
      "<g transform=\"translate({} {}) scale({})\" shape-rendering=\"crispEdges\">\n", x, y, pixel);
  const auto shapes = shapes_of(picture, sheet.width);
  for (size_t shade = 1; shade < shades; ++shade) {
    if (shapes[shade].empty()) continue;
    const size_t grey = 255 - 255 * shade / (shades - 1);
    text += fmt::format("<path fill=\"#{0:02x}{0:02x}{0:02x}\" d=\"{1}\"/>\n", grey, shapes[shade]);
  }
  return text + fmt::format("</g>\n<text x=\"{}\" y=\"{}\">{}</text>\n", x + width / 2.0,
                            y + height + 0.8 * line, xml_text(picture.caption));
}

}  // namespace

std::string svg(const Sheet& sheet) {
  if (sheet.pictures.empty()) throw Error("a sheet has no pictures; expected one at least");
  const double across = static_cast<double>(sheet.width) * pixel + gap;
  const double down = static_cast<double>(sheet.height) * pixel + line + gap;
  const auto count = static_cast<int64_t>(sheet.pictures.size());
  const int64_t columns = std::min(sheet.columns, count);
  const int64_t rows = (count + columns - 1) / columns;
  std::string text = svg_begin(static_cast<double>(columns) * across + gap,
                               static_cast<double>(rows) * down + gap, sheet.title);
  text += "<style>text{font:11px sans-serif;text-anchor:middle;fill:#222}</style>\n";
  text += svg_ground;
  for (int64_t number = 0; number < count; ++number) {
    const Picture& picture = sheet.pictures[static_cast<size_t>(number)];
    const auto pixels = static_cast<int64_t>(picture.brightness.size());
    if (pixels != sheet.height * sheet.width)
      throw Error("picture {} of a sheet has {} pixels; expected {} x {}", number + 1, pixels, sheet.height,
                  sheet.width);
    const int64_t row = number / columns;
    const int64_t column = number % columns;
    text += drawn(picture, sheet, gap + static_cast<double>(column) * across,
                  gap + static_cast<double>(row) * down);
  }
  return text + "</svg>\n";
}

}  // namespace antler::visual
