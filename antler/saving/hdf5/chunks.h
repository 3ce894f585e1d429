// Datasets whose numbers are cut into chunks of one shape.
#pragma once

#include <vector>

#include "antler/saving/hdf5/filters.h"
#include "antler/saving/hdf5/layout.h"

namespace antler::hdf5 {

/// A chunk that is stored.
struct Chunk {
  uint64_t address = undefined;
  uint64_t size = 0;     // bytes in the file
  uint64_t skipped = 0;  // a bit for each filter that it was not packed with
  Extents at;            // where its first element belongs
};

/// All chunks of a dataset of these extents. Throws Error when the index is damaged, or when they have more
/// bytes than the file.
std::vector<Chunk> read_chunks(Walk& walk, const Layout& layout, const Extents& extents, bool packed);

/// Puts the elements of a `chunk` where they belong among `all` of a dataset; those beyond its extents are
/// left out.
void place(std::string_view bytes, const Chunk& chunk, const Layout& layout, const Extents& extents,
           Bytes& all);

}  // namespace antler::hdf5
