#include "antler/data/idx.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/gzip.h"

namespace antler {
namespace {

// Two zeros, the element type, the number of axes; then each extent in four bytes, the highest first.
constexpr size_t magic_size = 4;
constexpr size_t extent_size = 4;
constexpr unsigned unsigned_bytes = 0x08;

unsigned byte_at(std::string_view bytes, size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

Shape shape_of(std::string_view file, std::string_view where) {
  const size_t rank = byte_at(file, 3);
  if (rank == 0 || rank > Shape::max_rank)
    throw Error("{}: has {} axes; expected 1 to {}", where, rank, Shape::max_rank);
  if (file.size() < magic_size + rank * extent_size) throw Error("{}: ends within the IDX header", where);
  std::vector<int64_t> extents;
  for (size_t axis = 0; axis < rank; ++axis) {
    int64_t extent = 0;
    for (size_t i = 0; i < extent_size; ++i)
      extent = extent << 8 | byte_at(file, magic_size + axis * extent_size + i);
    extents.push_back(extent);
  }
  return Shape(extents);
}

// What a header claims is not trusted.
void check_size(const Shape& shape, size_t found, std::string_view where) {
  int64_t bytes = 1;
  bool fits = true;
  for (const int64_t extent : shape) fits = fits && !__builtin_mul_overflow(bytes, extent, &bytes);
  if (fits && static_cast<uint64_t>(bytes) == found) return;
  throw Error("{}: has {} bytes of elements; its header says {}", where, found, shape.to_string());
}

}  // namespace

Tensor read_idx(const std::filesystem::path& path) {
  const std::string where = path.string();
  const Bytes bytes = read_unpacked(path);
  const std::string_view file = bytes.text();
  if (file.size() < magic_size || byte_at(file, 0) != 0 || byte_at(file, 1) != 0)
    throw Error("{}: is no IDX file: it does not begin as MNIST's files do", where);
  if (byte_at(file, 2) != unsigned_bytes)
    throw Error("{}: has elements of type {:#04x}; expected unsigned bytes, 0x08", where, byte_at(file, 2));
  const Shape shape = shape_of(file, where);
  const std::string_view elements = file.substr(magic_size + static_cast<size_t>(shape.rank()) * extent_size);
  check_size(shape, elements.size(), where);
  Tensor tensor = Tensor::uninitialized(shape);
  std::ranges::transform(elements, tensor.data(),
                         [](char each) { return static_cast<float>(static_cast<unsigned char>(each)); });
  return tensor;
}

}  // namespace antler
