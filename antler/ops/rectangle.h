// The sides of rectangles of whole pixels within an image.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace antler::ops {

/// Pixels `begin` up to `end` of an axis.
struct Side {
  int64_t begin;
  int64_t end;
  int64_t count() const { return end - begin; }
};

/// The pixels of an axis within `share` of its extent, 0 to 1, which begins at `position`, 0 to 1, of where
/// it may: as Keras's RandomErasing and CutMix have them.
inline Side side_of(int64_t extent, float share, float position) {
  const auto all = static_cast<float>(extent);
  const float length = share * all;
  const float begin = position * (all - length);
  const auto pixel = [extent](float place) {
    return std::min(static_cast<int64_t>(std::ceil(place)), extent);
  };
  return {pixel(begin), pixel(begin + length)};
}

}  // namespace antler::ops
