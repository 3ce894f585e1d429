#include <algorithm>
#include <bit>

#include "antler/core/error.h"
#include "antler/saving/hdf5/heap.h"
#include "antler/saving/hdf5/tree.h"

namespace antler::hdf5 {
namespace {

enum class Kind { managed = 0, huge = 1, tiny = 2 };

constexpr uint64_t largest_row = 48;  // blocks double from row to row
constexpr int deepest = 16;

size_t bytes_for(uint64_t bits) {
  return (bits + 7) / 8;
}

}  // namespace

FractalHeap::FractalHeap(Walk& walk, uint64_t address) {
  Cursor head = walk.from(address);
  head.expect("FRHP");
  head.version(0, 0);
  head.skip(2);  // how long an id is
  if (head.number(2) != 0) throw Error("keeps its members packed, which antler does not read");
  head.skip(1);
  const uint64_t largest_managed = head.number(4);
  head.length();
  huge_tree_ = head.address();
  head.length();
  head.address();  // of its free space
  for (int count = 0; count < 8; ++count) head.length();
  width_ = head.number(2);
  first_size_ = head.length();
  largest_direct_ = head.length();
  const uint64_t bits = head.number(2);
  head.skip(2);  // rows at first
  root_ = head.address();
  rows_ = head.number(2);
  if (width_ == 0 || !std::has_single_bit(width_) || !std::has_single_bit(first_size_) ||
      !std::has_single_bit(largest_direct_) || first_size_ > largest_direct_ || bits > 64 ||
      largest_direct_ > uint64_t{UINT32_MAX} + 1 || rows_ > largest_row) {
    throw Error("is damaged: the heap of its members has impossible sizes");
  }
  offset_width_ = bytes_for(bits);
  length_width_ = std::min(bytes_for(static_cast<uint64_t>(std::countr_zero(largest_direct_))),
                           bytes_for(static_cast<uint64_t>(std::bit_width(largest_managed))));
}

std::string_view FractalHeap::object(Walk& walk, std::string_view id) const {
  Cursor cursor = walk.over(id);
  const unsigned flags = cursor.byte();
  switch (static_cast<Kind>(flags >> 4 & 3)) {
    case Kind::managed: {
      const uint64_t offset = cursor.number(offset_width_);
      return managed(walk, offset, cursor.number(length_width_));
    }
    case Kind::huge:
      return huge(walk, cursor.number(std::min<size_t>(cursor.left(), cursor.widths().length)));
    case Kind::tiny:
      return cursor.take((flags & 15) + 1);
  }
  throw Error("is damaged: a member is kept in an unknown way");
}

uint64_t FractalHeap::row_size(uint64_t row) const {
  return row == 0 ? first_size_ : first_size_ << (row - 1);
}

std::string_view FractalHeap::managed(Walk& walk, uint64_t offset, uint64_t length) const {
  uint64_t address = root_;
  uint64_t rows = rows_;
  uint64_t size = first_size_;
  for (int depth = 0; rows > 0; ++depth) {
    if (depth > deepest || rows > largest_row) throw Error("is damaged: the heap of its members is too deep");
    uint64_t row = 0;
    for (; row < rows && offset >= width_ * row_size(row); ++row) offset -= width_ * row_size(row);
    if (row == rows) throw Error("is damaged: a member lies outside of the heap of its members");
    size = row_size(row);
    Cursor block = walk.from(address);
    block.expect("FHIB");
    block.version(0, 0);
    block.skip(block.widths().address + offset_width_);
    block.skip((row * width_ + offset / size) * block.widths().address);
    address = block.address();
    offset %= size;
    // A block too large to hold objects holds rows of blocks in turn.
    rows = size <= largest_direct_ ? 0 : static_cast<uint64_t>(std::bit_width(size / (first_size_ * width_)));
    if (size > largest_direct_ && rows == 0)
      throw Error("is damaged: the heap of its members has impossible sizes");
  }
  if (offset > size || length > size - offset) throw Error("is damaged: a member reaches beyond its block");
  if (address == undefined) throw Error("is damaged: a member is missing from the heap");
  walk.from(address).expect("FHDB");
  Cursor block = walk.from(address);
  block.skip(offset);
  return block.take(length);
}

// Records of (address, length, number): those of objects that are neither packed nor named by their place.
std::string_view FractalHeap::huge(Walk& walk, uint64_t number) const {
  for (const std::string_view bytes : tree_records(walk, huge_tree_)) {
    Cursor record = walk.over(bytes);
    const uint64_t address = record.address();
    const uint64_t length = record.length();
    if (record.length() == number) return walk.view(address, length);
  }
  throw Error("is damaged: a member is missing from the heap");
}

}  // namespace antler::hdf5
