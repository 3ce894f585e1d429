// Text in an SVG file: how it is written, how wide it will be, and how the file begins.
#pragma once

#include <string>
#include <string_view>

namespace antler::visual {

/// `text` as XML may hold it, in elements as well as in quoted attributes: &, <, >, " and ' escaped, a line
/// break or tab as a space. What XML cannot hold at all, other control characters and what is no UTF-8,
/// becomes U+FFFD, the replacement character.
std::string xml_text(std::string_view text);

/// About how wide UTF-8 text is in a sans-serif font of `size`, bold or not: that of the wider fonts (DejaVu
/// Sans, Verdana), so that text fits in any of them.
double text_width(std::string_view text, double size, bool bold = false);

/// How an SVG file of `width` by `height` begins; the title is for those who cannot see it.
std::string svg_begin(double width, double height, std::string_view title);
/// A white ground, behind its style.
inline constexpr const char* svg_ground =
    "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#ffffff\"/>\n";

}  // namespace antler::visual
