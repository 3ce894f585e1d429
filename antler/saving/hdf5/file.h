// A whole HDF5 file in memory, and the right to read a part of it.
#pragma once

#include <string>

#include "antler/core/memory.h"
#include "antler/saving/hdf5/cursor.h"

namespace antler::hdf5 {

/// The bytes of a file and what its superblock says of them ("HDF5 File Format Specification Version 3.0",
/// II.A).
class File {
 public:
  /// `name` stands in errors. Throws Error when the bytes are no HDF5 file, or fewer than they say.
  File(Bytes bytes, std::string name);

  const std::string& name() const { return name_; }
  /// The bytes that addresses count: all but what another program may have put before the superblock.
  std::string_view image() const { return image_; }
  Widths widths() const { return widths_; }
  /// The address of the root group's header.
  uint64_t root() const { return root_; }

 private:
  void read_superblock();

  Bytes bytes_;
  std::string name_;
  std::string_view image_;
  Widths widths_;
  uint64_t root_ = undefined;
};

/// One question put to a file. A sound file answers it by looking at each of its bytes a few times at most;
/// what needs more is refused, so that the time is bounded whatever the file says. Every method throws Error
/// for what lies outside of the file.
class Walk {
 public:
  explicit Walk(const File& file);

  /// From `address` to the end of the file.
  Cursor from(uint64_t address);
  std::string_view view(uint64_t address, uint64_t size) { return from(address).take(size); }
  /// Bytes of the file that were handed out before.
  Cursor over(std::string_view bytes) { return {bytes, file_->widths(), allowance_}; }
  /// How many bytes the file has.
  uint64_t size() const { return file_->image().size(); }

 private:
  const File* file_;
  uint64_t allowance_;
};

}  // namespace antler::hdf5
