// A look at the part of an HDF5 file that the library takes on trust.
#pragma once

#include <string_view>

namespace antler::hdf5 {

/// Whether each global heap, where texts of variable length lie, stays within `file`: libhdf5 1.10 reads past
/// the end of one whose objects claim to be longer than it is. (HDF5 file format specification, III.E,
/// "Global Heap".)
bool heaps_are_sound(std::string_view file);

}  // namespace antler::hdf5
