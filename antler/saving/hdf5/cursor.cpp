#include "antler/saving/hdf5/cursor.h"

#include "antler/core/error.h"

namespace antler::hdf5 {

std::string_view Cursor::take(uint64_t count) {
  if (count > left()) throw Error("is damaged: a part of it is longer than what holds it");
  if (count > *allowance_) throw Error("is damaged: parts of the file overlap or lead in a circle");
  *allowance_ -= count;
  const std::string_view taken = bytes_.substr(at_, count);
  at_ += count;
  return taken;
}

void Cursor::skip(uint64_t count) {
  if (count > left()) throw Error("is damaged: a part of it is longer than what holds it");
  at_ += count;
}

uint64_t Cursor::number(size_t width) {
  if (width > 8) throw Error("is damaged: a number in it has {} bytes", width);
  const std::string_view bytes = take(width);
  uint64_t value = 0;
  for (size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

uint64_t Cursor::address() {
  const uint64_t value = number(widths_.address);
  const uint64_t all_set = widths_.address == 8 ? UINT64_MAX : (uint64_t{1} << 8 * widths_.address) - 1;
  return value == all_set ? undefined : value;
}

void Cursor::expect(std::string_view signature) {
  if (take(signature.size()) != signature)
    throw Error("is damaged: '{}' is not where it should be", signature);
}

int Cursor::version(int first, int last) {
  const int version = byte();
  if (version < first || version > last) {
    throw Error("is damaged, or too new: a part of it has version {}; expected {} to {}", version, first,
                last);
  }
  return version;
}

}  // namespace antler::hdf5
