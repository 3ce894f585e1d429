#include "antler/core/shape.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler {

Shape::Shape(std::span<const int64_t> extents) {
  if (extents.size() > max_rank)
    throw Error("a shape has {} extents; at most {} are supported", extents.size(), max_rank);
  for (int64_t extent : extents) {
    if (extent < unknown) throw Error("a shape has the extent {}; expected 0 or more", extent);
    extents_[static_cast<size_t>(rank_++)] = extent;
  }
}

int Shape::checked_axis(int axis) const {
  const int from_front = axis < 0 ? axis + rank_ : axis;
  if (from_front < 0 || from_front >= rank_)
    throw Error("axis {} is out of range for the shape {}", axis, to_string());
  return from_front;
}

int64_t Shape::size() const {
  int64_t product = 1;
  for (int64_t extent : *this) {
    if (extent == unknown) throw Error("the shape {} has no size: an extent is unknown", to_string());
    if (__builtin_mul_overflow(product, extent, &product))
      throw Error("the shape {} is too large", to_string());
  }
  return product;
}

bool Shape::has_unknown() const {
  return std::find(begin(), end(), unknown) != end();
}

Shape Shape::without_batch() const {
  if (rank_ == 0) throw Error("a scalar has no batch axis");
  return Shape(extents().subspan(1));
}

Shape Shape::with_batch(int64_t batch) const {
  Shape result;
  if (rank_ == max_rank) throw Error("the shape {} has no room for a batch axis", to_string());
  result.rank_ = rank_ + 1;
  result.extents_[0] = batch;
  std::copy(begin(), end(), result.extents_.begin() + 1);
  return result;
}

std::string Shape::to_string() const {
  std::string text = "(";
  for (int axis = 0; axis < rank_; ++axis) {
    const int64_t extent = extents_[static_cast<size_t>(axis)];
    text += (axis ? ", " : "") + (extent == unknown ? std::string("None") : std::to_string(extent));
  }
  return text + (rank_ == 1 ? ",)" : ")");
}

bool operator==(const Shape& a, const Shape& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace antler
