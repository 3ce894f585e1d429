// The types of HDF5's numbers and texts that models are made of.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "antler/saving/hdf5/cursor.h"

namespace antler::hdf5 {

/// How one element is stored (specification, IV.A.2.d).
struct Datatype {
  enum class Kind { whole, floating, text, long_text, other };
  /// A part of a number: `size` bits from bit `at` on.
  struct Bits {
    uint64_t at = 0;
    uint64_t size = 0;
  };

  Kind kind = Kind::other;
  uint64_t size = 0;  // bytes of an element; of a long_text: of the reference to it
  bool big_endian = false;
  bool is_signed = false;  // of a whole number
  Bits exponent;           // these of a floating one, with its sign
  Bits mantissa;
  uint64_t sign = 0;
  int bias = 0;

  bool is_number() const { return kind == Kind::whole || kind == Kind::floating; }
  bool is_text() const { return kind == Kind::text || kind == Kind::long_text; }
};

/// Whole numbers (booleans and other enumerations too) and floating ones of up to 8 bytes, and texts; all
/// else is `other`. Throws Error when the message is damaged.
Datatype read_datatype(Cursor message);

/// Fills `values` with numbers as they are stored in `bytes`, which has as many; rounded as the processor
/// does.
void to_floats(const Datatype& type, std::string_view bytes, std::span<float> values);
/// Throws Error for one that is no int64 (a fraction is cut off).
std::vector<int64_t> to_integers(const Datatype& type, std::string_view bytes);

}  // namespace antler::hdf5
