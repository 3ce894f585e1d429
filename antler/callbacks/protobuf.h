// Writing protocol buffers: the few kinds of field that event files need.
// https://protobuf.dev/programming-guides/encoding
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace antler::callbacks {

/// The lowest `bytes` bytes of `bits`, lowest first: how protocol buffers and TFRecords hold numbers.
std::string little_endian(uint64_t bits, int bytes);
/// An IEEE double, in the same way.
std::string little_endian(double number);

/// A message under construction; its fields are numbered as in the .proto file.
class Message {
 public:
  Message& add_integer(int field, int64_t value);
  Message& add_double(int field, double value);
  /// A string, bytes, packed numbers.
  Message& add_bytes(int field, std::string_view bytes);
  Message& add_message(int field, const Message& message) { return add_bytes(field, message.bytes_); }

  const std::string& bytes() const { return bytes_; }

 private:
  void add_varint(uint64_t value);

  std::string bytes_;
};

}  // namespace antler::callbacks
