#include "antler/visual/svg_text.h"

#include <fmt/format.h>

#include <cstdint>

namespace antler::visual {
namespace {

constexpr uint32_t replacement = 0xFFFD;

// A code point and how many bytes it took.
struct Character {
  uint32_t code = replacement;
  size_t bytes = 1;
};

// The first character of UTF-8 text that is not empty; the replacement where its bytes are no UTF-8.
Character first_character(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  if (byte(0) < 0x80) return {byte(0), 1};
  size_t bytes = 2;
  if (byte(0) >= 0xE0) bytes = 3;
  if (byte(0) >= 0xF0) bytes = 4;
  if (byte(0) < 0xC0 || byte(0) >= 0xF8 || text.size() < bytes) return {};
  uint32_t code = byte(0) & (0x7FU >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_shortest = code >= smallest[bytes] && code <= 0x10FFFF;
  return is_shortest ? Character{code, bytes} : Character{};
}

// XML 1.0, section 2.2.
bool is_allowed(uint32_t code) {
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code >= 0x20 && code != 0x7F && !surrogate && code != 0xFFFE && code != 0xFFFF;
}

// In units of the font's size, of DejaVu Sans.
double relative_width(uint32_t code) {
  constexpr std::string_view narrow = "ijlI.,:;|!'()[]/ tfr";
  constexpr std::string_view wide = "mwMW@%";
  if (code >= 0x1100) return 1.05;
  if (code >= 0x80) return 0.7;
  const char letter = static_cast<char>(code);
  if (narrow.find(letter) != std::string_view::npos) return 0.39;
  if (wide.find(letter) != std::string_view::npos) return 0.95;
  return letter >= 'A' && letter <= 'Z' ? 0.72 : 0.62;
}

std::string written(uint32_t code, std::string_view bytes) {
  switch (code) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
    case '\n':
    case '\r':
      return " ";
    default:
      return std::string(is_allowed(code) && code != replacement ? bytes : "\xEF\xBF\xBD");
  }
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string all;
  while (!text.empty()) {
    const Character character = first_character(text);
    all += written(character.code, text.substr(0, character.bytes));
    text.remove_prefix(character.bytes);
  }
  return all;
}

double text_width(std::string_view text, double size, bool bold) {
  double width = 0.0;
  while (!text.empty()) {
    const Character character = first_character(text);
    width += relative_width(character.code);
    text.remove_prefix(character.bytes);
  }
  return width * size * (bold ? 1.1 : 1.0);
}

std::string svg_begin(double width, double height, std::string_view title) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
      "{1:.0f}\" role=\"img\" aria-label=\"{2}\">\n<title>{2}</title>\n",
      width, height, xml_text(title));
}

}  // namespace antler::visual
