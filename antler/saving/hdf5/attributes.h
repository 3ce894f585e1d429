// The attributes of a group: the texts that Keras leaves there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "antler/saving/hdf5/object_header.h"

namespace antler::hdf5 {

/// The texts of the attribute `name`, whichever way the object keeps it (specification, IV.A.2.m and v):
/// nothing where there is no such attribute. Throws Error when it is no text, or damaged.
std::optional<std::vector<std::string>> read_texts(Walk& walk, const ObjectHeader& object,
                                                   std::string_view name);

}  // namespace antler::hdf5
