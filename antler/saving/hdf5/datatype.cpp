#include "antler/saving/hdf5/datatype.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

// The numbers of HDF5's classes of types.
enum class Class { whole = 0, floating = 1, text = 3, enumeration = 8, variable_length = 9 };

bool in_element(const Datatype::Bits& bits, const Datatype& type) {
  return bits.size <= 52 && bits.at <= 8 * type.size && bits.size <= 8 * type.size - bits.at;
}

void read_whole(Cursor message, unsigned flags, Datatype& type) {
  type.big_endian = (flags & 1) != 0;
  type.is_signed = (flags & 8) != 0;
  const uint64_t offset = message.number(2);
  const uint64_t precision = message.number(2);
  if (type.size >= 1 && type.size <= 8 && offset == 0 && precision == 8 * type.size)
    type.kind = Datatype::Kind::whole;
}

void read_floating(Cursor message, unsigned flags, Datatype& type) {
  constexpr unsigned leading_one_implied = 2;
  type.big_endian = (flags & 1) != 0;
  type.sign = flags >> 8 & 0xff;
  message.skip(4);  // offset and precision, which the places of the parts tell as well
  type.exponent.at = message.byte();
  type.exponent.size = message.byte();
  type.mantissa.at = message.byte();
  type.mantissa.size = message.byte();
  const uint64_t bias = message.number(4);
  const bool known = type.size >= 1 && type.size <= 8 && (flags >> 4 & 3) == leading_one_implied &&
                     (flags & 0x40) == 0 && in_element(type.exponent, type) &&
                     in_element(type.mantissa, type) && type.exponent.size >= 1 && type.exponent.size <= 11 &&
                     bias < 2048 && type.sign < 8 * type.size;
  type.bias = static_cast<int>(bias & 2047);
  if (known) type.kind = Datatype::Kind::floating;
}

// Names of numbers do not matter; the type of the numbers does. It is a whole number's, never again an
// enumeration's, so that nothing nests.
Datatype read_enumerated(Cursor message) {
  Datatype type;
  if (static_cast<Class>(message.byte() & 15) != Class::whole) return type;
  const auto flags = static_cast<unsigned>(message.number(3));
  type.size = message.number(4);
  read_whole(message, flags, type);
  return type;
}

uint64_t load(const Datatype& type, std::string_view element) {
  uint64_t bits = 0;
  for (size_t i = 0; i < element.size(); ++i) {
    const size_t at = type.big_endian ? i : element.size() - 1 - i;
    bits = bits << 8 | static_cast<unsigned char>(element[at]);
  }
  return bits;
}

uint64_t part(uint64_t bits, const Datatype::Bits& place) {
  return place.size == 0 ? 0 : bits >> place.at & ((uint64_t{1} << place.size) - 1);
}

double to_double(const Datatype& type, uint64_t bits) {
  const uint64_t exponent = part(bits, type.exponent);
  const uint64_t mantissa = part(bits, type.mantissa);
  const double fraction = std::ldexp(static_cast<double>(mantissa), -static_cast<int>(type.mantissa.size));
  const double sign = (bits >> type.sign & 1) != 0 ? -1.0 : 1.0;
  if (exponent == (uint64_t{1} << type.exponent.size) - 1) {
    return sign * (mantissa == 0 ? std::numeric_limits<double>::infinity()
                                 : std::numeric_limits<double>::quiet_NaN());
  }
  if (exponent == 0) return sign * std::ldexp(fraction, 1 - type.bias);
  return sign * std::ldexp(1.0 + fraction, static_cast<int>(exponent) - type.bias);
}

// A signed number of fewer than 64 bits, its sign spread to the left.
int64_t to_signed(const Datatype& type, uint64_t bits) {
  const uint64_t sign = uint64_t{1} << (8 * type.size - 1);
  return std::bit_cast<int64_t>((bits ^ sign) - sign);
}

float to_float(const Datatype& type, uint64_t bits) {
  if (type.kind == Datatype::Kind::floating) return static_cast<float>(to_double(type, bits));
  return type.is_signed ? static_cast<float>(to_signed(type, bits)) : static_cast<float>(bits);
}

int64_t to_integer(const Datatype& type, uint64_t bits) {
  if (type.kind == Datatype::Kind::floating) {
    const double value = to_double(type, bits);
    if (!(std::abs(value) < 0x1p63)) throw Error("holds {}; expected a whole number", value);
    return static_cast<int64_t>(value);
  }
  if (type.is_signed) return to_signed(type, bits);
  if (bits > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
    throw Error("holds {}; expected a number below 2^63", bits);
  return static_cast<int64_t>(bits);
}

bool is_float32(const Datatype& type) {
  return type.kind == Datatype::Kind::floating && type.size == 4 && !type.big_endian && type.sign == 31 &&
         type.exponent.at == 23 && type.exponent.size == 8 && type.mantissa.at == 0 &&
         type.mantissa.size == 23 && type.bias == 127;
}

}  // namespace

Datatype read_datatype(Cursor message) {
  Datatype type;
  const auto kind = static_cast<Class>(message.byte() & 15);
  const auto flags = static_cast<unsigned>(message.number(3));
  type.size = message.number(4);
  switch (kind) {
    case Class::whole:
      read_whole(message, flags, type);
      break;
    case Class::floating:
      read_floating(message, flags, type);
      break;
    case Class::text:
      type.kind = Datatype::Kind::text;
      break;
    case Class::enumeration: {  // names for the numbers of the type that follows
      const Datatype numbers = read_enumerated(message);
      return numbers.size == type.size ? numbers : type;
    }
    case Class::variable_length:
      if ((flags & 15) == 1) type.kind = Datatype::Kind::long_text;
      break;
  }
  return type;
}

void to_floats(const Datatype& type, std::string_view bytes, std::span<float> values) {
  if (is_float32(type)) {
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size_bytes());
    return;
  }
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = to_float(type, load(type, bytes.substr(i * type.size, type.size)));
}

std::vector<int64_t> to_integers(const Datatype& type, std::string_view bytes) {
  std::vector<int64_t> values;
  for (size_t at = 0; at < bytes.size(); at += type.size)
    values.push_back(to_integer(type, load(type, bytes.substr(at, type.size))));
  return values;
}

}  // namespace antler::hdf5
