#include "antler/saving/hdf5/tree.h"

#include <bit>

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

// Levels fall by one from a node to its children, so that none comes back to itself.
void visit_node(Walk& walk, uint64_t address, TreeType type, size_t key_size, int level,
                const std::function<void(Cursor key, uint64_t child)>& visit) {
  Cursor node = walk.from(address);
  node.expect("TREE");
  if (node.byte() != static_cast<uint8_t>(type))
    throw Error("is damaged: a tree of another kind leads to it");
  const int own_level = node.byte();
  if (level >= 0 && own_level != level) throw Error("is damaged: the levels of a tree are out of order");
  const uint64_t entries = node.number(2);
  node.skip(2 * node.widths().address);  // its neighbours
  for (uint64_t entry = 0; entry < entries; ++entry) {
    const Cursor key = node.part(key_size);
    const uint64_t child = node.address();
    if (own_level == 0) {
      visit(key, child);
    } else {
      visit_node(walk, child, type, key_size, own_level - 1, visit);
    }
  }
}

// In how many bytes a version 2 B-tree writes a number of up to `largest`.
size_t width_for(uint64_t largest) {
  return largest == 0 ? 1 : (static_cast<size_t>(std::bit_width(largest)) + 7) / 8;
}

// A version 2 B-tree while it is read.
class RecordTree {
 public:
  RecordTree(Walk& walk, uint64_t address) : walk_(walk) {
    Cursor head = walk.from(address);
    head.expect("BTHD");
    head.version(0, 0);
    type_ = head.byte();
    node_size_ = head.number(4);
    record_size_ = head.number(2);
    const int depth = static_cast<int>(head.number(2));
    head.skip(2);  // when nodes are split and merged
    const uint64_t root = head.address();
    const uint64_t records = head.number(2);
    if (record_size_ < smallest_record || node_size_ < overhead + record_size_)
      throw Error("is damaged: a node of a tree has no room for a record");
    if (depth > deepest) throw Error("is damaged: a tree has {} levels", depth);
    measure(depth, head.widths().address);
    if (root != undefined) visit(root, records, depth);
  }

  std::vector<std::string_view> take() && { return std::move(records_); }

 private:
  static constexpr uint64_t overhead = 10;  // of a node: signature, version, type, checksum
  static constexpr uint64_t smallest_record = 11;
  static constexpr int deepest = 16;

  // How wide the number of all records below a node is, for each depth.
  void measure(int depth, size_t address) {
    const uint64_t in_leaf = (node_size_ - overhead) / record_size_;
    count_width_ = width_for(in_leaf);
    totals_width_ = {0};
    uint64_t total = in_leaf;
    for (int level = 1; level <= depth; ++level) {
      const uint64_t pointer = address + count_width_ + totals_width_.back();
      const uint64_t in_node =
          node_size_ < overhead + pointer ? 0 : (node_size_ - overhead - pointer) / (record_size_ + pointer);
      if (__builtin_mul_overflow(total, in_node + 1, &total) ||
          __builtin_add_overflow(total, in_node, &total))
        throw Error("is damaged: a tree has more records than can be counted");
      totals_width_.push_back(width_for(total));
    }
  }

  void visit(uint64_t address, uint64_t count, int depth) {
    Cursor node = walk_.from(address);
    node.expect(depth == 0 ? "BTLF" : "BTIN");
    node.version(0, 0);
    if (node.byte() != type_) throw Error("is damaged: a tree of another kind leads to it");
    Cursor records = node.part(count * record_size_);
    for (uint64_t child = 0; child <= count && depth > 0; ++child) {
      const uint64_t at = node.address();
      const uint64_t number = node.number(count_width_);
      node.skip(totals_width_[static_cast<size_t>(depth) - 1]);
      visit(at, number, depth - 1);
      if (child < count) records_.push_back(records.take(record_size_));
    }
    while (depth == 0 && records.left() > 0) records_.push_back(records.take(record_size_));
  }

  Walk& walk_;
  uint8_t type_ = 0;
  uint64_t node_size_ = 0;
  uint64_t record_size_ = 0;
  size_t count_width_ = 0;
  std::vector<size_t> totals_width_;
  std::vector<std::string_view> records_;
};

}  // namespace

void visit_tree(Walk& walk, uint64_t address, TreeType type, size_t key_size,
                const std::function<void(Cursor key, uint64_t child)>& visit) {
  if (address != undefined) visit_node(walk, address, type, key_size, -1, visit);
}

std::vector<std::string_view> tree_records(Walk& walk, uint64_t address) {
  return address == undefined ? std::vector<std::string_view>() : RecordTree(walk, address).take();
}

}  // namespace antler::hdf5
