// How digits are written: strokes, as a teacher would draw them.
#pragma once

#include <vector>

namespace antler::digits {

/// On a page from 0 to 1, from the left and from the top.
struct Point {
  float x = 0.0F;
  float y = 0.0F;

  bool operator==(const Point&) const = default;
};

/// Points that the pen goes through in a smooth curve. One that is given twice is a corner.
using Stroke = std::vector<Point>;

/// One way of writing a digit: a seven with a bar, say.
using Skeleton = std::vector<Stroke>;

/// All ways of writing `digit`, from strokes.json; each fills the page from 0.2 to 0.8 downwards. Throws
/// Error when it is not 0 to 9.
const std::vector<Skeleton>& skeletons(int digit);

/// The stroke as short straight lines: a uniform Catmull-Rom spline (Catmull, Rom: "A class of local
/// interpolating splines", 1974) from corner to corner, `steps` lines between two points.
Stroke smooth(const Stroke& stroke, int steps);

}  // namespace antler::digits
