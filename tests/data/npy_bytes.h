// .npy files put together by hand.
#pragma once

#include <string>
#include <string_view>

namespace antler::testing {

/// Version 1.0 with `dict` for a header, padded as NumPy does.
inline std::string npy_bytes(std::string dict, std::string_view elements) {
  constexpr size_t before_dict = 10;
  dict.append(128 - before_dict - 1 - dict.size(), ' ').append("\n");
  return std::string("\x93NUMPY\x01\x00\x76\x00", before_dict) + dict + std::string(elements);
}

inline std::string npy_bytes(const std::string& descr, const std::string& fortran_order,
                             const std::string& shape, std::string_view elements) {
  return npy_bytes(
      "{'descr': '" + descr + "', 'fortran_order': " + fortran_order + ", 'shape': " + shape + ", }",
      elements);
}

}  // namespace antler::testing
