// What chunks of a dataset are packed with.
#pragma once

#include <vector>

#include "antler/core/memory.h"
#include "antler/saving/hdf5/cursor.h"

namespace antler::hdf5 {

/// Deflate cannot shrink by more than this: a file that claims more is refused before anything is allocated.
inline constexpr uint64_t largest_compression = 1032;

/// Those that antler has; by their numbers in a file.
enum class FilterKind : uint16_t { deflate = 1, shuffle = 2, fletcher32 = 3 };

struct Filter {
  FilterKind kind{};
  uint64_t element_size = 1;  // of shuffle
};

/// In the order in which they were applied (specification, IV.A.2.l). Throws Error for a filter that antler
/// does not have.
std::vector<Filter> read_filters(Cursor message);

bool has_deflate(const std::vector<Filter>& filters);

/// The `size` bytes of a chunk that was packed with these filters, but for those whose bit in `skipped` is
/// set. Throws Error when they are others than `size`, or a checksum is wrong.
Bytes unpack(std::string_view packed, const std::vector<Filter>& filters, uint64_t skipped, uint64_t size);

}  // namespace antler::hdf5
