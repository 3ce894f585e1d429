// The extents of a tensor, outermost first: an image batch is (batch, height, width, channels).
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace antler {

/// A value of up to eight extents. Where the batch size is not known yet, the first is `Shape::unknown`,
/// which prints as `None`, as in Keras.
class Shape {
 public:
  static constexpr int max_rank = 8;
  static constexpr int64_t unknown = -1;

  Shape() = default;
  Shape(std::initializer_list<int64_t> extents) : Shape(std::span(extents.begin(), extents.size())) {}
  /// Throws Error for more than `max_rank` extents or an extent below `unknown`.
  explicit Shape(std::span<const int64_t> extents);

  int rank() const { return rank_; }
  /// Extent `axis`; a negative axis counts from the end. Throws Error when out of range.
  int64_t operator[](int axis) const { return extents_[checked_axis(axis)]; }
  int64_t& operator[](int axis) { return extents_[checked_axis(axis)]; }
  int64_t back() const { return (*this)[-1]; }

  /// `axis` counted from the front, 0 <= result < rank. Throws Error when out of range.
  int checked_axis(int axis) const;
  /// How many elements a tensor of this shape has; 1 for rank 0. Throws Error on an unknown extent and on
  /// overflow.
  int64_t size() const;
  /// True when an extent is unknown.
  bool has_unknown() const;

  Shape without_batch() const;
  Shape with_batch(int64_t batch) const;

  std::span<const int64_t> extents() const { return {extents_.data(), static_cast<size_t>(rank_)}; }
  const int64_t* begin() const { return extents_.data(); }
  const int64_t* end() const { return extents_.data() + rank_; }

  /// "(None, 28, 28, 1)"; a single extent prints as "(10,)", as a Python tuple does.
  std::string to_string() const;

  friend bool operator==(const Shape& a, const Shape& b);

 private:
  std::array<int64_t, max_rank> extents_{};
  int rank_ = 0;
};

}  // namespace antler
