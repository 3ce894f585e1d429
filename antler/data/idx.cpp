#include "antler/data/idx.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/gzip.h"

namespace antler {
namespace {

constexpr size_t most_axes = 32;  // NumPy's limit

// The highest byte comes first.
template <typename Bits>
Bits big_endian(std::string_view bytes) {
  uint64_t bits = 0;
  for (size_t i = 0; i < sizeof(Bits); ++i) bits = bits << 8 | static_cast<uint8_t>(bytes[i]);
  return static_cast<Bits>(bits);
}

template <typename Number, typename Bits>
void convert(std::string_view bytes, float* out) {
  for (size_t i = 0; i < bytes.size() / sizeof(Bits); ++i)
    out[i] = static_cast<float>(std::bit_cast<Number>(big_endian<Bits>(bytes.substr(i * sizeof(Bits)))));
}

// A type of numbers, by its code in the file's third byte.
struct NumberType {
  uint8_t code;
  size_t bytes;
  void (*read)(std::string_view bytes, float* out);
};

constexpr NumberType number_types[] = {
    {0x08, 1, convert<uint8_t, uint8_t>},  {0x09, 1, convert<int8_t, uint8_t>},
    {0x0B, 2, convert<int16_t, uint16_t>}, {0x0C, 4, convert<int32_t, uint32_t>},
    {0x0D, 4, convert<float, uint32_t>},   {0x0E, 8, convert<double, uint64_t>},
};

const NumberType& number_type(std::string_view bytes, const std::string& name) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  if (bytes.size() >= 4 && byte(0) == 0 && byte(1) == 0) {
    for (const NumberType& type : number_types) {
      if (type.code == byte(2)) return type;
    }
  }
  throw Error("{}: this is no IDX file; expected it to begin with 0, 0 and the code of a type, 8 to 14",
              name);
}

// In bytes; `limit` + 1 where it is more than that.
size_t size_of(const std::vector<int64_t>& extents, size_t bytes_each, size_t limit) {
  if (std::ranges::find(extents, 0) != extents.end()) return 0;
  size_t size = bytes_each;
  for (int64_t extent : extents) {
    if (size > limit / static_cast<size_t>(extent)) return limit + 1;
    size *= static_cast<size_t>(extent);
  }
  return size;
}

}  // namespace

Tensor read_idx(const std::filesystem::path& path) {
  const std::string name = path.string();
  const Bytes file = read_unpacked(path);
  const std::string_view bytes = file.text();
  const NumberType& type = number_type(bytes, name);
  const auto axes = static_cast<size_t>(static_cast<uint8_t>(bytes[3]));
  const size_t begin = 4 + 4 * axes;
  if (axes > most_axes || bytes.size() < begin)
    throw Error("{}: the header names {} axes, which are not there", name, axes);

  std::vector<int64_t> extents;
  for (size_t axis = 0; axis < axes; ++axis)
    extents.push_back(big_endian<uint32_t>(bytes.substr(4 + 4 * axis)));
  const std::string_view numbers = bytes.substr(begin);
  if (size_of(extents, type.bytes, numbers.size()) != numbers.size())
    throw Error("{}: there are {} bytes of numbers; expected as many as an array {} of {} bytes each has",
                name, numbers.size(), Shape(extents).to_string(), type.bytes);
  Tensor values = Tensor::uninitialized(Shape(extents));
  type.read(numbers, values.data());
  return values;
}

}  // namespace antler
