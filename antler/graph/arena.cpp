#include "antler/graph/arena.h"

#include <algorithm>
#include <numeric>

#include "antler/core/memory.h"

namespace antler::graph {
namespace {

bool alive_together(const Buffer& a, const Buffer& b) {
  return a.begin <= b.end && b.begin <= a.end;
}

// The lowest offset at which `buffer` fits between `placed`, which are sorted by offset.
int64_t lowest_gap(const Buffer& buffer, const std::vector<const Buffer*>& placed) {
  int64_t offset = 0;
  for (const Buffer* other : placed) {
    if (!alive_together(buffer, *other)) continue;
    if (other->offset >= offset + whole_lines(buffer.floats)) break;
    offset = std::max(offset, other->offset + whole_lines(other->floats));
  }
  return offset;
}

}  // namespace

void Buffer::extend_to(int time) {
  begin = std::min(begin, time);
  end = std::max(end, time);
}

int64_t place(std::vector<Buffer>& buffers) {
  std::vector<size_t> by_size(buffers.size());
  std::iota(by_size.begin(), by_size.end(), size_t{0});
  std::ranges::stable_sort(by_size, std::greater<>(), [&](size_t index) { return buffers[index].floats; });

  int64_t arena = 0;
  std::vector<const Buffer*> placed;
  for (size_t index : by_size) {
    Buffer& buffer = buffers[index];
    buffer.offset = lowest_gap(buffer, placed);
    arena = std::max(arena, buffer.offset + whole_lines(buffer.floats));
    placed.insert(std::ranges::upper_bound(placed, buffer.offset, {}, &Buffer::offset), &buffer);
  }
  return arena;
}

}  // namespace antler::graph
