// The members of a group.
#pragma once

#include <string_view>
#include <vector>

#include "antler/saving/hdf5/object_header.h"

namespace antler::hdf5 {

/// A view of the file, which has to outlive it.
struct Link {
  std::string_view name;
  bool hard = true;  // neither a soft link nor one into another file
  uint64_t address = undefined;
};

/// All members of a group, whichever way it keeps them (specification, III.B, III.C, IV.A.2.c and g): in the
/// order in which they were made, where the file says which that is, else by name.
std::vector<Link> read_links(Walk& walk, const ObjectHeader& group);

}  // namespace antler::hdf5
