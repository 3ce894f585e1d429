#include "antler/saving/hdf5/links.h"

#include <algorithm>

#include "antler/saving/hdf5/heap.h"
#include "antler/saving/hdf5/tree.h"

namespace antler::hdf5 {
namespace {

struct OrderedLink {
  Link link;
  uint64_t order = 0;
};

// A node of the symbol table, the older way.
void read_symbols(Walk& walk, uint64_t address, const LocalHeap& heap, std::vector<OrderedLink>& links) {
  constexpr uint64_t soft = 2;
  Cursor node = walk.from(address);
  node.expect("SNOD");
  node.version(1, 1);
  node.skip(1);
  const uint64_t symbols = node.number(2);
  for (uint64_t i = 0; i < symbols; ++i) {
    const uint64_t name = node.number(node.widths().address);
    const uint64_t header = node.address();
    const bool hard = node.number(4) != soft;
    node.skip(4 + 16);  // reserved; what is known of the object
    links.push_back({{heap.name(walk, name), hard, header}});
  }
}

void read_symbol_table(Walk& walk, Cursor message, std::vector<OrderedLink>& links) {
  const uint64_t tree = message.address();
  const LocalHeap heap(walk, message.address());
  visit_tree(walk, tree, TreeType::group, message.widths().length,
             [&](const Cursor&, uint64_t node) { read_symbols(walk, node, heap, links); });
}

OrderedLink read_link(Cursor message) {
  constexpr uint8_t hard = 0;
  message.version(1, 1);
  const unsigned flags = message.byte();
  const bool is_hard = (flags & 8) == 0 || message.byte() == hard;
  const uint64_t order = (flags & 4) != 0 ? message.number(8) : 0;
  if ((flags & 16) != 0) message.skip(1);  // the alphabet
  const uint64_t length = message.number(size_t{1} << (flags & 3));
  const std::string_view name = message.take(length);
  return {{name, is_hard, is_hard ? message.address() : undefined}, order};
}

// The newer way for groups of many members: a heap of links, and a tree that leads to them.
void read_dense_links(Walk& walk, Cursor message, std::vector<OrderedLink>& links) {
  constexpr size_t hash = 4;
  message.version(0, 0);
  const unsigned flags = message.byte();
  if ((flags & 1) != 0) message.skip(8);  // the largest order
  const uint64_t heap_address = message.address();
  if (heap_address == undefined) return;
  const FractalHeap heap(walk, heap_address);
  for (const std::string_view record : tree_records(walk, message.address())) {
    Cursor cursor = walk.over(record);
    cursor.skip(hash);
    links.push_back(read_link(walk.over(heap.object(walk, cursor.take(cursor.left())))));
  }
}

}  // namespace

std::vector<Link> read_links(Walk& walk, const ObjectHeader& group) {
  std::vector<OrderedLink> found;
  for (const Message& message : group.messages()) {
    const Cursor bytes = walk.over(message.bytes);
    if (message.type == MessageType::symbol_table) read_symbol_table(walk, bytes, found);
    if (message.type == MessageType::link) found.push_back(read_link(bytes));
    if (message.type == MessageType::link_info) read_dense_links(walk, bytes, found);
  }
  std::ranges::sort(found, [](const OrderedLink& a, const OrderedLink& b) {
    return a.order != b.order ? a.order < b.order : a.link.name < b.link.name;
  });
  std::vector<Link> links;
  links.reserve(found.size());
  for (const OrderedLink& each : found) links.push_back(each.link);
  return links;
}

}  // namespace antler::hdf5
