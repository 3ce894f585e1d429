#include "antler/saving/hdf5_heap.h"

#include <cstdint>

namespace antler::hdf5 {
namespace {

using namespace std::string_view_literals;

// Version 1, the only one, and three reserved bytes: eight that no numbers of a model will ever happen to be.
constexpr std::string_view signature = "GCOL\1\0\0\0"sv;
constexpr size_t header =
    16;  // of the heap: signature and size; of an object: index, references, reserved, size

uint64_t little_endian(std::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// `heap` begins with the signature and goes on to the end of the file.
bool is_sound(std::string_view heap) {
  if (heap.size() < header) return false;
  const uint64_t size = little_endian(heap.substr(8, 8));
  if (size < header || size > heap.size()) return false;
  heap = heap.substr(header, size - header);
  while (heap.size() >= header) {
    const uint64_t index = little_endian(heap.substr(0, 2));
    const uint64_t length = little_endian(heap.substr(8, 8));
    if (index == 0) return length <= heap.size();  // the free space at the end, its header included
    if (length > heap.size() - header) return false;
    const uint64_t taken = header + (length + 7) / 8 * 8;
    if (taken > heap.size()) return false;
    heap.remove_prefix(taken);
  }
  return true;
}

}  // namespace

bool heaps_are_sound(std::string_view file) {
  for (size_t at = file.find(signature); at != std::string_view::npos; at = file.find(signature, at + 1)) {
    if (!is_sound(file.substr(at))) return false;
  }
  return true;
}

}  // namespace antler::hdf5
