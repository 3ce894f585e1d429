#include "antler/saving/hdf5/dataspace.h"

#include <algorithm>
#include <limits>

#include "antler/core/error.h"

namespace antler::hdf5 {

Extents read_dataspace(Cursor message) {
  constexpr uint8_t null_space = 2;
  const int version = message.version(1, 2);
  const int rank = message.byte();
  message.skip(1);  // whether largest extents follow, for datasets that may grow
  if (version == 1) {
    message.skip(5);
  } else if (message.byte() == null_space) {
    return {0};
  }
  Extents extents;
  for (int axis = 0; axis < rank; ++axis) extents.push_back(message.length());
  return extents;
}

std::optional<uint64_t> count(const Extents& extents, uint64_t limit) {
  if (std::ranges::find(extents, uint64_t{0}) != extents.end()) return 0;
  uint64_t product = 1;
  for (const uint64_t extent : extents) {
    if (extent > limit / product) return std::nullopt;
    product *= extent;
  }
  return product <= limit ? std::optional(product) : std::nullopt;
}

Shape to_shape(const Extents& extents) {
  if (extents.size() > Shape::max_rank)
    throw Error("has {} axes; at most {} are known", extents.size(), Shape::max_rank);
  std::vector<int64_t> known;
  for (const uint64_t extent : extents) {
    if (extent > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
      throw Error("claims to hold more than the file has room for");
    known.push_back(static_cast<int64_t>(extent));
  }
  return Shape(known);
}

}  // namespace antler::hdf5
