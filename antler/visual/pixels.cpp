#include "antler/visual/pixels.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "antler/core/error.h"

namespace antler::visual {
namespace {

// Not a number is black.
double brightness(float value) {
  return value > 0.0F ? std::min(static_cast<double>(value), 1.0) : 0.0;
}

void add_shade(std::string& line, float value) {
  constexpr std::string_view shades = " .:-=+*#%@";
  const double place = brightness(value) * static_cast<double>(shades.size() - 1);
  line.append(2, shades[static_cast<size_t>(std::lround(place))]);
}

int grey(float value) {
  return static_cast<int>(std::lround(brightness(value) * 255.0));
}

// The upper pixel is the character's colour, the lower one its ground.
void add_block(std::string& line, float upper, float lower) {
  const int above = grey(upper);
  const int below = grey(lower);
  line += fmt::format("\x1b[38;2;{0};{0};{0};48;2;{1};{1};{1}m▀", above, below);
}

}  // namespace

std::string draw_pixels(std::span<const float> pixels, int64_t height, int64_t width, PixelStyle style,
                        int64_t gap) {
  const int64_t area = height * width;
  const auto size = static_cast<int64_t>(pixels.size());
  if (area <= 0 || size % area != 0)
    throw Error("{} pixels are no pictures of {} by {}", size, height, width);
  const auto pixel = [&](int64_t picture, int64_t row, int64_t column) {
    return row < height ? pixels[static_cast<size_t>(picture * area + row * width + column)] : 0.0F;
  };
  const bool blocks = style == PixelStyle::blocks;
  std::string text;
  for (int64_t row = 0; row < height; row += blocks ? 2 : 1) {
    std::string line;
    for (int64_t picture = 0; picture < size / area; ++picture) {
      if (picture > 0) line.append(static_cast<size_t>(gap), ' ');
      for (int64_t column = 0; column < width; ++column) {
        const float upper = pixel(picture, row, column);
        if (blocks) {
          add_block(line, upper, pixel(picture, row + 1, column));
        } else {
          add_shade(line, upper);
        }
      }
      if (blocks) line += "\x1b[0m";
    }
    text += line + "\n";
  }
  return text;
}

PixelStyle pixel_style_of_terminal() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  const bool plain = no_colour != nullptr && *no_colour != '\0';
  const bool dumb = kind == nullptr || std::string_view(kind) == "dumb";
  return isatty(STDOUT_FILENO) == 1 && !plain && !dumb ? PixelStyle::blocks : PixelStyle::shades;
}

}  // namespace antler::visual
