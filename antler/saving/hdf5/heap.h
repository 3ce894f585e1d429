// The three kinds of heaps, where what has no fixed length lies (specification, III.D, III.E and III.G).
#pragma once

#include <map>
#include <string_view>

#include "antler/saving/hdf5/file.h"

namespace antler::hdf5 {

/// The names of a group's members in the older kind of file.
class LocalHeap {
 public:
  LocalHeap(Walk& walk, uint64_t address);
  /// The name at `offset`.
  std::string_view name(Walk& walk, uint64_t offset) const;

 private:
  std::string_view names_;
};

/// Texts of variable length. Each collection of them is read once.
class GlobalHeap {
 public:
  /// What `reference` leads to: the length of a text, the address of a collection, a number in it.
  std::string_view text(Walk& walk, Cursor reference);

 private:
  using Objects = std::map<uint64_t, std::string_view>;
  static Objects read_collection(Walk& walk, uint64_t address);
  std::map<uint64_t, Objects> collections_;
};

/// Links and attributes of an object that has many of them, in the newer kind of file.
class FractalHeap {
 public:
  FractalHeap(Walk& walk, uint64_t address);
  /// What `id`, from a version 2 B-tree, stands for.
  std::string_view object(Walk& walk, std::string_view id) const;

 private:
  uint64_t row_size(uint64_t row) const;
  std::string_view managed(Walk& walk, uint64_t offset, uint64_t length) const;
  std::string_view huge(Walk& walk, uint64_t number) const;

  uint64_t width_ = 0;       // blocks in a row
  uint64_t first_size_ = 0;  // of a block in the first two rows; doubles from row to row
  uint64_t largest_direct_ = 0;
  uint64_t root_ = undefined;
  uint64_t rows_ = 0;  // of the root; 0 when that is itself a block of objects
  uint64_t huge_tree_ = undefined;
  size_t offset_width_ = 0;
  size_t length_width_ = 0;
};

}  // namespace antler::hdf5
