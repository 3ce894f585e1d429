#include "antler/saving/hdf5/chunks.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/saving/hdf5/tree.h"

namespace antler::hdf5 {
namespace {

// How many chunks stand in line along each axis.
Extents grid_of(const Layout& layout, const Extents& extents) {
  Extents grid;
  for (size_t axis = 0; axis < extents.size(); ++axis) {
    const uint64_t rest = extents[axis] % layout.chunk[axis];
    grid.push_back(extents[axis] / layout.chunk[axis] + (rest > 0 ? 1 : 0));
  }
  return grid;
}

// Where the first element of chunk `number` belongs, the chunks counted row by row.
Extents position(uint64_t number, const Extents& grid, const Extents& chunk) {
  Extents at(grid.size());
  for (size_t axis = grid.size(); axis-- > 0;) {
    at[axis] = number % grid[axis] * chunk[axis];
    number /= grid[axis];
  }
  return at;
}

uint64_t bytes_of_a_chunk(const Walk& walk, const Layout& layout) {
  const std::optional<uint64_t> elements = count(layout.chunk, walk.size() * largest_compression);
  uint64_t bytes = 0;
  if (!elements || __builtin_mul_overflow(*elements, layout.element_size, &bytes))
    throw Error("claims to hold more than the file has room for");
  return bytes;
}

std::vector<Chunk> read_tree(Walk& walk, const Layout& layout) {
  std::vector<Chunk> chunks;
  const size_t axes = layout.chunk.size();
  visit_tree(walk, layout.address, TreeType::chunks, 4 + 4 + 8 * (axes + 1), [&](Cursor key, uint64_t child) {
    Chunk chunk{.address = child, .size = key.number(4), .skipped = key.number(4), .at = Extents(axes)};
    for (uint64_t& offset : chunk.at) offset = key.number(8);
    chunks.push_back(std::move(chunk));
  });
  return chunks;
}

// An array with an element for each chunk of the grid (specification, VII.C).
std::vector<Chunk> read_fixed_array(Walk& walk, const Layout& layout, const Extents& grid,
                                    uint64_t chunk_bytes) {
  Cursor head = walk.from(layout.address);
  head.expect("FAHD");
  head.version(0, 0);
  const bool packed = head.byte() == 1;
  const uint64_t element = head.byte();
  const uint64_t page_bits = head.byte();
  const uint64_t number = head.length();
  const uint64_t block = head.address();
  if (block == undefined) return {};
  const std::optional<uint64_t> expected = count(grid, walk.size());
  if (!expected || number != *expected) throw Error("is damaged: it has {} chunks", number);
  if (page_bits > 32 || number > uint64_t{1} << page_bits)
    throw Error("has {} chunks, kept in a way that antler does not read", number);
  const size_t address = head.widths().address;
  if (packed && (element < address + 5 || element > address + 12))
    throw Error("is damaged: its chunks have impossible sizes");

  Cursor elements = walk.from(block);
  elements.expect("FADB");
  elements.version(0, 0);
  elements.skip(1 + address);
  std::vector<Chunk> chunks;
  for (uint64_t i = 0; i < number; ++i) {
    Chunk chunk{.address = elements.address(), .size = chunk_bytes, .at = position(i, grid, layout.chunk)};
    if (packed) {
      chunk.size = elements.number(element - address - 4);
      chunk.skipped = elements.number(4);
    }
    if (chunk.address != undefined) chunks.push_back(std::move(chunk));
  }
  return chunks;
}

std::vector<Chunk> read_implicit(Walk& walk, const Layout& layout, const Extents& grid,
                                 uint64_t chunk_bytes) {
  const std::optional<uint64_t> number = count(grid, chunk_bytes == 0 ? 0 : walk.size() / chunk_bytes);
  if (!number) throw Error("claims to hold more than the file has room for");
  std::vector<Chunk> chunks;
  for (uint64_t i = 0; i < *number; ++i) {
    chunks.push_back({.address = layout.address + i * chunk_bytes,
                      .size = chunk_bytes,
                      .skipped = 0,
                      .at = position(i, grid, layout.chunk)});
  }
  return chunks;
}

}  // namespace

std::vector<Chunk> read_chunks(Walk& walk, const Layout& layout, const Extents& extents, bool packed) {
  const Extents& chunk = layout.chunk;
  if (chunk.size() != extents.size())
    throw Error("is damaged: it has {} axes, its chunks have {}", extents.size(), chunk.size());
  if (layout.address == undefined) return {};
  const uint64_t bytes = bytes_of_a_chunk(walk, layout);
  const Extents grid = grid_of(layout, extents);
  std::vector<Chunk> chunks;
  switch (layout.index) {
    case ChunkIndex::tree:
      chunks = read_tree(walk, layout);
      break;
    case ChunkIndex::single:
      chunks = {{.address = layout.address,
                 .size = packed ? layout.single_size : bytes,
                 .skipped = layout.single_skipped,
                 .at = Extents(chunk.size())}};
      break;
    case ChunkIndex::implicit:
      chunks = read_implicit(walk, layout, grid, bytes);
      break;
    case ChunkIndex::fixed_array:
      chunks = read_fixed_array(walk, layout, grid, bytes);
      break;
  }
  uint64_t stored = 0;
  for (const Chunk& each : chunks) {
    if (each.size > walk.size() - stored) throw Error("is damaged: its chunks have more bytes than the file");
    stored += each.size;
  }
  return chunks;
}

void place(std::string_view bytes, const Chunk& chunk, const Layout& layout, const Extents& extents,
           Bytes& all) {
  const size_t axes = extents.size();
  Extents inside(axes);  // how much of the chunk belongs to the dataset
  for (size_t axis = 0; axis < axes; ++axis) {
    if (chunk.at[axis] >= extents[axis]) return;
    inside[axis] = std::min(layout.chunk[axis], extents[axis] - chunk.at[axis]);
  }
  const size_t row = inside[axes - 1] * layout.element_size;
  Extents index(axes);  // of a row in the chunk
  for (;;) {
    uint64_t from = 0;
    uint64_t to = 0;
    for (size_t axis = 0; axis < axes; ++axis) {
      from = from * layout.chunk[axis] + index[axis];
      to = to * extents[axis] + chunk.at[axis] + index[axis];
    }
    std::copy_n(bytes.data() + from * layout.element_size, row, all.data() + to * layout.element_size);
    size_t axis = axes - 1;
    while (axis > 0 && ++index[axis - 1] == inside[axis - 1]) index[--axis] = 0;
    if (axis == 0) return;
  }
}

}  // namespace antler::hdf5
