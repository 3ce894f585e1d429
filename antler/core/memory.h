// Memory that is not set before it is used: floats for tensors, bytes for files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace antler {

/// Bytes to which every tensor and every buffer of a memory plan is aligned: a cache line, and an AVX-512
/// register.
inline constexpr size_t alignment = 64;
/// Floats of a cache line.
inline constexpr auto floats_per_line = static_cast<int64_t>(alignment / sizeof(float));

/// As many floats as fill whole cache lines: `floats` or more.
constexpr int64_t whole_lines(int64_t floats) {
  return (floats + floats_per_line - 1) / floats_per_line * floats_per_line;
}

struct AlignedDelete {
  void operator()(float* memory) const;
};
using AlignedFloats = std::unique_ptr<float[], AlignedDelete>;
/// `count` uninitialised floats, aligned. Throws Error when there is no such amount of memory.
AlignedFloats allocate_floats(int64_t count);

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

}  // namespace antler
