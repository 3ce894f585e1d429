// Pictures in a terminal.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace antler::visual {

/// How a pixel is shown: `shades`, two characters from " .:-=+*#%@" a pixel, for any terminal; or `blocks`, a
/// half block for two pixels above each other, in 24-bit greys.
enum class PixelStyle { shades, blocks };

/// Pictures of `width` columns side by side, each of brightness 0 to 1 (values beyond are cut), row by row in
/// `pixels`, `gap` spaces apart, a line of text a row of pixels (of blocks, two); ends with a line break.
/// Throws Error when `pixels` is no whole number of pictures of `height` by `width`.
std::string draw_pixels(std::span<const float> pixels, int64_t height, int64_t width, PixelStyle style,
                        int64_t gap = 2);

/// What standard output understands: blocks on a terminal, unless NO_COLOR (https://no-color.org) is set or
/// TERM is "dumb".
PixelStyle pixel_style_of_terminal();

}  // namespace antler::visual
