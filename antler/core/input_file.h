// Files to be read: whole, into memory, on all threads.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace antler {

/// Uninitialised memory that grows. Behind the last byte stand `padding` zeros, so that a parser may look
/// ahead.
class Bytes {
 public:
  static constexpr size_t padding = 64;

  Bytes() { reserve(0); }
  /// `size` bytes, not set. Throws Error when there is no such amount of memory.
  explicit Bytes(size_t size) { resize(size); }

  char* data() { return data_.get(); }
  const char* data() const { return data_.get(); }
  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }
  std::string_view text() const { return {data(), size_}; }

  /// Makes room for `capacity` bytes; what is there stays. Throws Error when there is no such amount of
  /// memory.
  void reserve(size_t capacity);
  /// Sets the size; new bytes are not set.
  void resize(size_t size);

 private:
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };
  std::unique_ptr<char[], Free> data_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

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
