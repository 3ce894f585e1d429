// How wide text is, and how wide a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace antler::visual {

/// How many columns a terminal needs for UTF-8 text: ANSI sequences take none, each other character takes
/// one.
int64_t columns(std::string_view text);
/// The characters `first` up to `end` of UTF-8 text without ANSI sequences.
std::string characters(std::string_view text, int64_t first, int64_t end);
/// Columns of the terminal behind standard output; 80 where there is none. The environment's COLUMNS goes
/// before, as in Python's shutil.get_terminal_size.
int64_t terminal_columns();

}  // namespace antler::visual
