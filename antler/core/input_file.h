// Files to be read: whole, into memory, on all threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "antler/core/memory.h"

namespace antler {

/// Throws Error as InputFile() does where nothing is, or a folder. Opens nothing: a pipe can be opened but
/// once.
void check_is_there(const std::filesystem::path& path);

/// A file opened for reading. Its reads name their place, so that threads may share it.
class InputFile {
 public:
  /// Throws Error when `path` is missing, a folder, or may not be read.
  explicit InputFile(const std::filesystem::path& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Bytes in it; 0 for what has no size, such as a pipe.
  int64_t size() const { return size_; }
  /// Fills `bytes` with what stands at `offset`, a part on each thread. Throws Error when the file ends
  /// before.
  void read(int64_t offset, std::span<char> bytes) const;
  /// Everything, from a pipe as well. Throws Error when that is more than the machine's memory.
  Bytes read_all() const;

 private:
  Bytes read_to_the_end() const;

  std::filesystem::path path_;
  int descriptor_ = -1;
  int64_t size_ = 0;
};

}  // namespace antler
