// An array of numbers in a file.
#pragma once

#include "antler/core/tensor.h"
#include "antler/saving/hdf5/chunks.h"
#include "antler/saving/hdf5/datatype.h"
#include "antler/saving/hdf5/object_header.h"

namespace antler::hdf5 {

/// What a file says of a dataset, after it has been held against what the file has room for.
class Dataset {
 public:
  /// Throws Error when it is no array of numbers of up to 64 bits, damaged, stored outside of the file,
  /// packed in a way that antler does not know, or too large to be in the file.
  Dataset(Walk& walk, const ObjectHeader& header);

  const Shape& shape() const { return shape_; }
  /// How many bytes of the file it takes at least, as no sound file has them twice.
  uint64_t stored_bytes() const;
  /// Where nothing is stored, numbers are 0.
  Tensor read_tensor(Walk& walk) const;
  std::vector<int64_t> read_integers(Walk& walk) const;

 private:
  void check_room(Walk& walk);
  void check_fill(Walk& walk, const ObjectHeader& header) const;
  std::string_view read_bytes(Walk& walk, Bytes& unpacked) const;

  Datatype type_;
  Extents extents_;
  Layout layout_;
  std::vector<Filter> filters_;
  std::vector<Chunk> chunks_;
  Shape shape_;
  uint64_t bytes_ = 0;  // of all its numbers
};

}  // namespace antler::hdf5
