// How many elements a dataset or an attribute has.
#pragma once

#include <optional>
#include <vector>

#include "antler/core/shape.h"
#include "antler/saving/hdf5/cursor.h"

namespace antler::hdf5 {

using Extents = std::vector<uint64_t>;

/// The extents of a dataspace (specification, IV.A.2.b); none for a single element, one of 0 for the space of
/// no elements. Throws Error when the message is damaged.
Extents read_dataspace(Cursor message);

/// The product of all extents, or nothing when that is more than `limit`.
std::optional<uint64_t> count(const Extents& extents, uint64_t limit);

/// Throws Error for more axes than a Shape has.
Shape to_shape(const Extents& extents);

}  // namespace antler::hdf5
