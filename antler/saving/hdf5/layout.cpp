#include "antler/saving/hdf5/layout.h"

#include "antler/core/error.h"

namespace antler::hdf5 {
namespace {

enum class Class { compact = 0, contiguous = 1, chunked = 2, virtual_dataset = 3 };

// Extents of a chunk, the last of which is the size of an element.
void set_chunk(Layout& layout, Extents extents) {
  if (extents.size() < 2) throw Error("is damaged: its chunks have no extents");
  layout.element_size = extents.back();
  extents.pop_back();
  for (const uint64_t extent : extents) {
    if (extent == 0) throw Error("is damaged: its chunks hold nothing");
  }
  layout.chunk = std::move(extents);
}

Extents read_extents(Cursor& message, int number, size_t width) {
  Extents extents;
  for (int axis = 0; axis < number; ++axis) extents.push_back(message.number(width));
  return extents;
}

Layout::Kind checked(Class kind) {
  switch (kind) {
    case Class::compact:
      return Layout::Kind::compact;
    case Class::contiguous:
      return Layout::Kind::contiguous;
    case Class::chunked:
      return Layout::Kind::chunked;
    case Class::virtual_dataset:
      throw Error("is a virtual dataset, which antler does not read");
  }
  throw Error("is damaged: its numbers are kept in an unknown way");
}

// Versions 1 and 2, of the first releases of HDF5.
Layout read_old(Cursor message) {
  Layout layout;
  const int rank = message.byte();
  layout.kind = checked(static_cast<Class>(message.byte()));
  message.skip(5);
  if (layout.kind != Layout::Kind::compact) layout.address = message.address();
  Extents extents = read_extents(message, rank, 4);
  if (layout.kind == Layout::Kind::chunked) set_chunk(layout, std::move(extents));
  if (layout.kind == Layout::Kind::compact) layout.bytes = message.take(message.number(4));
  return layout;
}

// Version 4, of HDF5 1.10, has other ways to find chunks than a tree.
void read_new_chunks(Cursor message, Layout& layout) {
  constexpr unsigned single_is_packed = 2;
  const unsigned flags = message.byte();
  const int rank = message.byte();
  const size_t width = message.byte();
  set_chunk(layout, read_extents(message, rank, width));
  switch (message.byte()) {
    case 1:
      layout.index = ChunkIndex::single;
      if ((flags & single_is_packed) != 0) {
        layout.single_size = message.length();
        layout.single_skipped = message.number(4);
      }
      break;
    case 2:
      layout.index = ChunkIndex::implicit;
      break;
    case 3:
      layout.index = ChunkIndex::fixed_array;
      message.skip(1);
      break;
    default:
      throw Error("may grow, and keeps its chunks in a way that antler does not read");
  }
  layout.address = message.address();
}

}  // namespace

Layout read_layout(Cursor message) {
  const int version = message.version(1, 4);
  if (version < 3) return read_old(message);
  Layout layout;
  layout.kind = checked(static_cast<Class>(message.byte()));
  switch (layout.kind) {
    case Layout::Kind::compact:
      layout.bytes = message.take(message.number(2));
      break;
    case Layout::Kind::contiguous:
      layout.address = message.address();
      break;
    case Layout::Kind::chunked:
      if (version == 4) {
        read_new_chunks(message, layout);
      } else {
        const int rank = message.byte();
        layout.address = message.address();
        set_chunk(layout, read_extents(message, rank, 4));
      }
      break;
  }
  return layout;
}

}  // namespace antler::hdf5
