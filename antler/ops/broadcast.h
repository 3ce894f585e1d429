// Small tensors repeated along the axes of larger ones.
#pragma once

#include <array>
#include <cstdint>

#include "antler/core/shape.h"

namespace antler::ops {

/// Where the elements of an input lie for each element of an output of the same rank: along axes where the
/// input's extent is 1, it is repeated.
class Broadcast {
 public:
  Broadcast(const Shape& input, const Shape& output) : output_(output), is_identity_(input == output) {
    int64_t stride = 1;
    for (int axis = output.rank() - 1; axis >= 0; --axis) {
      strides_[static_cast<size_t>(axis)] = input[axis] == 1 ? 0 : stride;
      stride *= input[axis];
    }
  }

  int64_t operator()(int64_t flat) const {
    if (is_identity_) return flat;
    int64_t at = 0;
    for (int axis = output_.rank() - 1; axis >= 0; --axis) {
      at += flat % output_[axis] * strides_[static_cast<size_t>(axis)];
      flat /= output_[axis];
    }
    return at;
  }
  bool is_identity() const { return is_identity_; }

 private:
  Shape output_;
  std::array<int64_t, Shape::max_rank> strides_{};
  bool is_identity_;
};

}  // namespace antler::ops
