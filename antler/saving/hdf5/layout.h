// Where in the file the numbers of a dataset are.
#pragma once

#include "antler/saving/hdf5/dataspace.h"
#include "antler/saving/hdf5/file.h"

namespace antler::hdf5 {

/// How a chunked dataset finds its chunks.
enum class ChunkIndex { tree, single, implicit, fixed_array };

/// Specification, IV.A.2.i.
struct Layout {
  enum class Kind { compact, contiguous, chunked };
  Kind kind = Kind::compact;
  std::string_view bytes;  // compact: the numbers themselves
  uint64_t address =
      undefined;  // contiguous: of the numbers; chunked: of the index. `undefined` for none yet
  Extents chunk;  // chunked: the extents of each
  uint64_t element_size = 0;
  ChunkIndex index = ChunkIndex::tree;
  uint64_t single_size = 0;     // of a single chunk that is packed; else 0
  uint64_t single_skipped = 0;  // the filters it was not packed with
};

/// Throws Error when the message is damaged, and for virtual datasets and chunks kept in ways that only
/// files of datasets that grow have.
Layout read_layout(Cursor message);

}  // namespace antler::hdf5
