#include "antler/data/csv_row.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace antler {
namespace {

static_assert(std::endian::native == std::endian::little,
              "short_integer() reads eight characters as one number");

uint64_t eight_characters(const char* text) {
  uint64_t characters = 0;
  std::memcpy(&characters, text, sizeof characters);
  return characters;
}

// How many fields "0," stand at the front of a text, 4 at most.
int zero_fields(const char* text) {
  return std::countr_zero(eight_characters(text) ^ eight_characters("0,0,0,0,")) / 16;
}

std::string_view without_surrounding(std::string_view text, std::string_view letters) {
  const size_t first = text.find_first_not_of(letters);
  return first == std::string_view::npos ? text.substr(0, 0)
                                         : text.substr(first, text.find_last_not_of(letters) - first + 1);
}

// Some digits at the front of a text, and their value.
struct ShortInteger {
  int length;  // 0 to 8; only 1 to 7 digits are valued
  float value;
};

// All eight characters at once, without a branch that the digits' number could mislead.
ShortInteger short_integer(const char* text) {
  uint64_t digits = eight_characters(text) ^
                    0x3030303030303030U;  // '0' to '9' become 0 to 9, all other characters more than that
  const uint64_t others = ((digits + 0x7676767676767676U) | digits) & 0x8080808080808080U;
  const int length = std::countr_zero(others) / 8;
  digits <<= (8 - length) * 8 % 64;  // the first digit stands in the lowest byte: zeros go before it
  digits = digits * 10 + (digits >> 8);
  constexpr uint64_t pairs = 0x000000FF000000FFU;
  const uint64_t high = (digits & pairs) * ((uint64_t{1'000'000} << 32) + 100);
  const uint64_t low = ((digits >> 16) & pairs) * ((uint64_t{10'000} << 32) + 1);
  return {length, static_cast<float>(static_cast<int32_t>((high + low) >> 32))};
}

const char* field_end(const char* field, const char* end) {
  while (field < end && *field != ',' && *field != '\n') ++field;
  return field;
}

}  // namespace

std::optional<float> parse_csv_number(std::string_view field) {
  field = without_surrounding(field, " \t\r");
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
    field = field.substr(1, field.size() - 2);
  if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
  double number = 0;
  const auto [stop, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  const bool complete = error == std::errc() && stop == field.data() + field.size();
  if (!complete || !(std::abs(number) <= std::numeric_limits<float>::max())) return std::nullopt;
  return static_cast<float>(number);
}

const char* parse_csv_row(const char* at, const char* end, std::span<float> row) {
  for (size_t column = 0;;) {
    if (column + 8 < row.size() && at[0] == '0' && at[1] == ',') {
      std::memset(&row[column], 0, 8 * sizeof(float));
      auto zeros = static_cast<size_t>(zero_fields(at));
      if (zeros == 4) zeros += static_cast<size_t>(zero_fields(at + 8));
      column += zeros;
      at += 2 * zeros;
      continue;
    }
    const bool last = column + 1 == row.size();
    const auto [length, value] = short_integer(at);
    const char* stop = at + length;
    if (length >= 1 && length <= 7 && *stop == (last ? '\n' : ',')) {
      row[column] = value;
    } else {
      stop = field_end(at, end);
      const auto number = parse_csv_number({at, stop});
      if (!number || last == (stop < end && *stop == ',')) return nullptr;
      row[column] = *number;
    }
    at = stop + (stop < end);
    if (last) return at;
    ++column;
  }
}

}  // namespace antler
