#include "antler/callbacks/protobuf.h"

#include <bit>

namespace antler::callbacks {
namespace {

// A field begins with its number and how its value is written.
constexpr uint64_t as_varint = 0;
constexpr uint64_t as_eight_bytes = 1;
constexpr uint64_t as_length_and_bytes = 2;

uint64_t tag(int field, uint64_t kind) {
  return (static_cast<uint64_t>(field) << 3) | kind;
}

}  // namespace

std::string little_endian(uint64_t bits, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>((bits >> (8 * i)) & 0xFFU);
  return text;
}

std::string little_endian(double number) {
  return little_endian(std::bit_cast<uint64_t>(number), 8);
}

// Seven bits a byte, lowest first; the high bit says that more follow.
void Message::add_varint(uint64_t value) {
  for (; value >= 0x80U; value >>= 7) bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
  bytes_ += static_cast<char>(value);
}

Message& Message::add_integer(int field, int64_t value) {
  add_varint(tag(field, as_varint));
  add_varint(static_cast<uint64_t>(value));
  return *this;
}

Message& Message::add_double(int field, double value) {
  add_varint(tag(field, as_eight_bytes));
  bytes_ += little_endian(value);
  return *this;
}

Message& Message::add_bytes(int field, std::string_view bytes) {
  add_varint(tag(field, as_length_and_bytes));
  add_varint(bytes.size());
  bytes_ += bytes;
  return *this;
}

}  // namespace antler::callbacks
