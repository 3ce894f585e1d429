// One line of a CSV file of numbers: where text becomes floats.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace antler {

/// The number a field holds, or nothing: empty fields, words, NaN and infinities are none. Quotes and blanks
/// around it are ignored. Rounded to double first and then to float, as in a Python program that reads
/// float64.
std::optional<float> parse_csv_number(std::string_view field);

/// Reads a line of exactly row.size() numbers and returns where the next line begins, or `end`; a null
/// pointer when the line is anything else. [line, end) must be followed by 16 readable bytes that are no
/// digits. Tuned for tables of short unsigned integers, many of them 0, as images are.
const char* parse_csv_row(const char* line, const char* end, std::span<float> row);

}  // namespace antler
