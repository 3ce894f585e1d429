#include "antler/visual/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace antler::visual {
namespace {

// A byte 10xxxxxx continues a UTF-8 character.
bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

}  // namespace

int64_t columns(std::string_view text) {
  int64_t count = 0;
  bool in_sequence = false;
  for (char c : text) {
    if (c == '\x1b') in_sequence = true;
    if (!in_sequence && begins_character(c)) ++count;
    if (c == 'm') in_sequence = false;
  }
  return count;
}

std::string characters(std::string_view text, int64_t first, int64_t end) {
  std::string part;
  int64_t position = -1;
  for (char c : text) {
    if (begins_character(c)) ++position;
    if (position >= first && position < end) part += c;
  }
  return part;
}

int64_t terminal_columns() {
  constexpr int64_t fallback = 80;
  const char* set = std::getenv("COLUMNS");
  const int64_t wanted = set != nullptr ? std::strtol(set, nullptr, 10) : 0;
  if (wanted > 0) return wanted;
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? int64_t{size.ws_col} : fallback;
}

}  // namespace antler::visual
