// Sequences taken for images, so that one operation serves both.
#pragma once

#include "antler/core/error.h"
#include "antler/core/shape.h"

namespace antler::ops {

/// A sequence (batch, steps, channels) as the image of one row (batch, 1, steps, channels); anything else as
/// it is.
inline Shape as_images(const Shape& x) {
  return x.rank() == 3 ? Shape{x[0], 1, x[1], x[2]} : x;
}

/// The other way round: what an operation on images made of `input`. Throws Error for what is no longer one
/// row.
inline Shape like_input(const Shape& images, const Shape& input) {
  if (input.rank() != 3) return images;
  if (images[1] != 1)
    throw Error("a sequence of shape {} would have {} rows; expected 1", input.to_string(), images[1]);
  return {images[0], images[2], images[3]};
}

}  // namespace antler::ops
