// Where the bytes of an HDF5 file become numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace antler::hdf5 {

/// An address that leads nowhere: nothing is stored.
inline constexpr uint64_t undefined = UINT64_MAX;

/// In how many bytes a file writes its addresses and its lengths.
struct Widths {
  size_t address = 8;
  size_t length = 8;
};

/// Reads on through bytes of a file, whose own numbers are little-endian. The bytes that are read are taken
/// off an allowance, which ends the reading of a file whose parts overlap or lead in circles. Every method
/// throws Error when it would reach beyond the last byte, or when the allowance is used up.
class Cursor {
 public:
  Cursor(std::string_view bytes, Widths widths, uint64_t& allowance)
      : bytes_(bytes), widths_(widths), allowance_(&allowance) {}

  size_t left() const { return bytes_.size() - at_; }
  std::string_view take(uint64_t count);
  /// What is taken, to be read by itself.
  Cursor part(uint64_t count) { return {take(count), widths_, *allowance_}; }
  void skip(uint64_t count);
  /// Skips to the next multiple of `unit` bytes from the first one.
  void align(size_t unit) { skip((unit - at_ % unit) % unit); }

  /// An unsigned number of 1 to 8 bytes.
  uint64_t number(size_t width);
  uint8_t byte() { return static_cast<uint8_t>(number(1)); }
  /// `undefined` where all bits are set.
  uint64_t address();
  uint64_t length() { return number(widths_.length); }
  /// The four letters with which most parts of a file begin.
  void expect(std::string_view signature);
  /// A version that antler knows, `first` to `last`.
  int version(int first, int last);
  Widths widths() const { return widths_; }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  Widths widths_;
  uint64_t* allowance_;
};

}  // namespace antler::hdf5
