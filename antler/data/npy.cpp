#include "antler/data/npy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "antler/core/error.h"
#include "antler/core/input_file.h"
#include "antler/core/output_file.h"
#include "antler/core/parallel.h"
#include "antler/data/npy_header.h"

namespace antler {
namespace {

static_assert(std::endian::native == std::endian::little, "write_npy() writes floats as they are in memory");

// IEEE 754's 16 bit float.
struct Half {
  uint16_t bits;

  explicit operator float() const {
    const int exponent = bits >> 10 & 0x1F;
    const auto fraction = static_cast<float>(bits & 0x3FF);
    float size = std::ldexp(fraction + (exponent > 0 ? 1024.0F : 0.0F), std::max(exponent, 1) - 25);
    if (exponent == 0x1F) {
      size =
          fraction == 0.0F ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
    }
    return std::copysign(size, (bits & 0x8000) != 0 ? -1.0F : 1.0F);
  }
};

struct Boolean {
  uint8_t byte;
  explicit operator float() const { return byte != 0 ? 1.0F : 0.0F; }
};

template <typename Element>
void convert(const char* from, bool swapped, int64_t count, float* to) {
  for (int64_t i = 0; i < count; ++i, from += sizeof(Element)) {
    std::array<char, sizeof(Element)> bytes;
    std::memcpy(bytes.data(), from, sizeof(Element));
    if (swapped) std::reverse(bytes.begin(), bytes.end());
    to[i] = static_cast<float>(std::bit_cast<Element>(bytes));
  }
}

struct ElementType {
  std::string_view name;  // as in NumPy's descr, behind the byte order
  int64_t width;
  void (*convert)(const char* from, bool swapped, int64_t count, float* to);
};

template <typename Element>
constexpr ElementType element_type(std::string_view name) {
  return {name, sizeof(Element), convert<Element>};
}

constexpr std::array element_types = {
    element_type<Boolean>("b1"),  element_type<int8_t>("i1"),   element_type<int16_t>("i2"),
    element_type<int32_t>("i4"),  element_type<int64_t>("i8"),  element_type<uint8_t>("u1"),
    element_type<uint16_t>("u2"), element_type<uint32_t>("u4"), element_type<uint64_t>("u8"),
    element_type<Half>("f2"),     element_type<float>("f4"),    element_type<double>("f8")};

const ElementType& element_type_of(std::string_view descr, std::string_view where) {
  const bool ordered = descr.starts_with('<') || descr.starts_with('>') || descr.starts_with('|');
  for (const ElementType& type : element_types) {
    if (ordered && descr.substr(1) == type.name) return type;
  }
  throw Error(
      "{}: has elements of the type '{}'; expected booleans, integers of 8 to 64 bits or floats of 16 to 64",
      where, descr);
}

// Takes all that stands before the elements off the front of `file`.
NpyHeader take_header(std::string_view& file, std::string_view where) {
  constexpr std::string_view magic = "\x93NUMPY";
  if (!file.starts_with(magic))
    throw Error("{}: is no .npy file: it does not begin as NumPy's files do", where);
  const auto byte = [&](size_t at) { return at < file.size() ? static_cast<unsigned char>(file[at]) : 0U; };
  const unsigned version = byte(magic.size());
  if (version < 1 || version > 3)
    throw Error("{}: has version {} of the .npy format; expected 1 to 3", where, version);
  const size_t length_at = magic.size() + 2;
  const size_t length_size = version == 1 ? 2 : 4;
  size_t length = 0;
  for (size_t i = length_size; i > 0; --i) length = length << 8 | byte(length_at + i - 1);
  if (length_at + length_size + length > file.size()) throw Error("{}: ends within the .npy header", where);
  const NpyHeader header = parse_npy_header(file.substr(length_at + length_size, length), where);
  file.remove_prefix(length_at + length_size + length);
  return header;
}

// A shape from a file is not trusted: it may overflow, and have nothing to do with what follows it.
void check_size(const NpyHeader& header, int64_t width, size_t found, std::string_view where) {
  int64_t bytes = width;
  for (int64_t extent : header.shape) {
    if (!__builtin_mul_overflow(bytes, extent, &bytes)) continue;
    throw Error("{}: its shape {} is too large", where, header.shape.to_string());
  }
  if (static_cast<uint64_t>(bytes) != found) {
    throw Error("{}: has {} bytes of elements; expected {} for the shape {} of '{}'", where, found, bytes,
                header.shape.to_string(), header.descr);
  }
}

// Elements in Fortran's order, the first index running fastest, put into C's.
Tensor from_fortran_order(const Tensor& elements) {
  const Shape& shape = elements.shape();
  Tensor result = Tensor::uninitialized(shape);
  std::array<int64_t, Shape::max_rank> index{};
  std::array<int64_t, Shape::max_rank> stride{};
  int64_t step = 1;
  for (int axis = 0; axis < shape.rank(); step *= shape[axis++]) stride[static_cast<size_t>(axis)] = step;
  int64_t from = 0;
  for (float& value : result.span()) {
    value = elements[from];
    for (int axis = shape.rank() - 1; axis >= 0; --axis) {
      const auto i = static_cast<size_t>(axis);
      from += stride[i];
      if (++index[i] < shape[axis]) break;
      from -= index[i] * stride[i];
      index[i] = 0;
    }
  }
  return result;
}

}  // namespace

Tensor read_npy(const std::filesystem::path& path) {
  const std::string where = path.string();
  const Bytes file = InputFile(path).read_all();
  std::string_view elements = file.text();
  const NpyHeader header = take_header(elements, where);
  const ElementType& type = element_type_of(header.descr, where);
  check_size(header, type.width, elements.size(), where);

  Tensor tensor = Tensor::uninitialized(header.shape);
  const bool swapped = header.descr.front() == '>';
  parallel_for(tensor.size(), [&](int64_t begin, int64_t end, int) {
    type.convert(elements.data() + begin * type.width, swapped, end - begin, tensor.data() + begin);
  });
  return header.fortran_order && header.shape.rank() > 1 ? from_fortran_order(tensor) : tensor;
}

void write_npy(const std::filesystem::path& path, const Tensor& tensor) {
  OutputFile file(path);
  file.write(format_npy_header({.descr = "<f4", .fortran_order = false, .shape = tensor.shape()}));
  file.write({reinterpret_cast<const char*>(tensor.data()), tensor.span().size_bytes()});
  file.commit();
}

}  // namespace antler
