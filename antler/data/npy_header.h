// What stands before the numbers in an .npy file.
#pragma once

#include <string>
#include <string_view>

#include "antler/core/shape.h"

namespace antler {

struct NpyHeader {
  std::string descr;  ///< NumPy's name of the element type: "<f4"
  bool fortran_order = false;
  Shape shape;
};

/// Parses the Python dict that a header is, as NumPy writes it: the keys descr, fortran_order and shape, in
/// any order. Throws Error naming `where` for anything else.
NpyHeader parse_npy_header(std::string_view text, std::string_view where);

/// Magic string, version 1.0 and the dict, padded with blanks until the numbers begin at a multiple of 64
/// bytes.
std::string format_npy_header(const NpyHeader& header);

}  // namespace antler
