// The two kinds of trees that lead to the parts of large objects.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "antler/saving/hdf5/file.h"

namespace antler::hdf5 {

enum class TreeType : uint8_t { group = 0, chunks = 1 };

/// Calls `visit` for each key, of `key_size` bytes, and what it stands before, from the first leaf to the
/// last: a version 1 B-tree (specification, III.A.1).
void visit_tree(Walk& walk, uint64_t address, TreeType type, size_t key_size,
                const std::function<void(Cursor key, uint64_t child)>& visit);

/// All records of a version 2 B-tree (specification, III.A.2), in order.
std::vector<std::string_view> tree_records(Walk& walk, uint64_t address);

}  // namespace antler::hdf5
