#include "antler/saving/hdf5/filters.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "antler/core/error.h"
#include "antler/saving/inflate.h"

namespace antler::hdf5 {
namespace {

constexpr size_t checksum_size = 4;

Bytes copy(std::string_view bytes) {
  Bytes result(bytes.size());
  std::copy(bytes.begin(), bytes.end(), result.data());
  return result;
}

// Unpacks a zlib stream (RFC 1950) of at most `limit` bytes.
Bytes inflate(std::string_view packed, uint64_t limit) {
  constexpr uint64_t countable = std::numeric_limits<uint32_t>::max();
  if (packed.size() > countable || limit > countable || limit / largest_compression > packed.size())
    throw Error("claims to hold more than the file has room for");
  std::optional<Bytes> bytes = saving::inflate(packed, limit, saving::Framing::zlib);
  if (!bytes) throw Error("is damaged: a packed part of it does not unpack");
  return std::move(*bytes);
}

// First bytes of all elements, then second bytes, ...; what is left over at the end stays where it was.
Bytes unshuffle(std::string_view bytes, uint64_t element_size) {
  Bytes result = copy(bytes);
  const size_t elements = bytes.size() / element_size;
  for (size_t byte = 0; byte < element_size && elements > 0; ++byte) {
    for (size_t i = 0; i < elements; ++i) result.data()[i * element_size + byte] = bytes[byte * elements + i];
  }
  return result;
}

// Fletcher's checksum on big-endian words of 16 bits; a last odd byte counts as the high one.
uint32_t fletcher32(std::string_view bytes) {
  constexpr uint64_t modulus = 65535;
  uint64_t first = 0;
  uint64_t second = 0;
  for (size_t i = 0; i < bytes.size(); i += 2) {
    const uint64_t high = static_cast<unsigned char>(bytes[i]);
    const uint64_t low = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
    first = (first + (high << 8 | low)) % modulus;
    second = (second + first) % modulus;
  }
  return static_cast<uint32_t>(second << 16 | first);
}

Bytes without_checksum(std::string_view bytes) {
  if (bytes.size() < checksum_size) throw Error("is damaged: a checksum is missing");
  const std::string_view content = bytes.substr(0, bytes.size() - checksum_size);
  uint32_t stored = 0;
  std::memcpy(&stored, content.data() + content.size(), checksum_size);
  // A sum that is a multiple of 65535 is written as 0 or as 65535.
  const auto same = [](uint32_t a, uint32_t b) { return a % 65535 == b % 65535; };
  const uint32_t sum = fletcher32(content);
  if (!same(stored >> 16, sum >> 16) || !same(stored & 0xffff, sum & 0xffff))
    throw Error("is damaged: a checksum is wrong");
  return copy(content);
}

}  // namespace

std::vector<Filter> read_filters(Cursor message) {
  constexpr uint64_t first_with_name = 256;  // in the second version, others are known by their numbers
  const int version = message.version(1, 2);
  const int number = message.byte();
  if (version == 1) message.skip(6);
  std::vector<Filter> filters;
  for (int i = 0; i < number; ++i) {
    const uint64_t id = message.number(2);
    const uint64_t name = version == 1 || id >= first_with_name ? message.number(2) : 0;
    message.skip(2);  // whether a chunk may do without it
    const uint64_t values = message.number(2);
    message.skip(name);
    if (version == 1) message.align(8);
    if (id < 1 || id > 3) throw Error("is packed by filter {}, which antler does not have", id);
    Filter filter{.kind = static_cast<FilterKind>(id)};
    for (uint64_t value = 0; value < values; ++value) {
      const uint64_t read = message.number(4);
      if (value == 0 && filter.kind == FilterKind::shuffle) filter.element_size = read;
    }
    if (filter.element_size == 0) throw Error("is damaged: a filter works on elements of 0 bytes");
    if (version == 1 && values % 2 == 1) message.skip(4);
    filters.push_back(filter);
  }
  return filters;
}

bool has_deflate(const std::vector<Filter>& filters) {
  return std::ranges::find(filters, FilterKind::deflate, &Filter::kind) != filters.end();
}

Bytes unpack(std::string_view packed, const std::vector<Filter>& filters, uint64_t skipped, uint64_t size) {
  Bytes bytes = copy(packed);
  for (size_t i = filters.size(); i-- > 0;) {
    if (i < 32 && (skipped >> i & 1) != 0) continue;
    switch (filters[i].kind) {
      case FilterKind::deflate:
        bytes = inflate(bytes.text(), size + checksum_size * filters.size());
        break;
      case FilterKind::shuffle:
        bytes = unshuffle(bytes.text(), filters[i].element_size);
        break;
      case FilterKind::fletcher32:
        bytes = without_checksum(bytes.text());
        break;
    }
  }
  if (bytes.size() != size)
    throw Error("is damaged: a chunk of it has {} bytes; expected {}", bytes.size(), size);
  return bytes;
}

}  // namespace antler::hdf5
