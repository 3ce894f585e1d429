#include "digits/skeletons.h"

#include <algorithm>
#include <array>
#include <string>

#include "antler/core/error.h"
#include "antler/core/json.h"
#include "digits/embedded.h"

namespace antler::digits {
namespace {

Stroke read_stroke(const Json& points) {
  Stroke stroke;
  for (const Json& point : points)
    stroke.push_back({.x = point.at(0).get<float>(), .y = point.at(1).get<float>()});
  return stroke;
}

Skeleton read_skeleton(const Json& strokes) {
  Skeleton skeleton;
  for (const Json& points : strokes) skeleton.push_back(read_stroke(points));
  return skeleton;
}

std::array<std::vector<Skeleton>, 10> read_all() {
  const Json all = Json::parse(embedded_strokes().front().bytes);
  std::array<std::vector<Skeleton>, 10> read;
  for (size_t digit = 0; digit < read.size(); ++digit) {
    for (const Json& strokes : all.at(std::to_string(digit))) read[digit].push_back(read_skeleton(strokes));
  }
  return read;
}

// The spline's value a share `t` of the way from `b` to `c`.
float between(float a, float b, float c, float d, float t) {
  return b + 0.5F * t * (c - a + t * (2.0F * a - 5.0F * b + 4.0F * c - d + t * (3.0F * (b - c) + d - a)));
}

}  // namespace

const std::vector<Skeleton>& skeletons(int digit) {
  static const std::array<std::vector<Skeleton>, 10> all = read_all();
  if (digit < 0 || digit > 9) throw Error("{} is no digit; expected 0 to 9", digit);
  return all[static_cast<size_t>(digit)];
}

Stroke smooth(const Stroke& stroke, int steps) {
  Stroke curve{stroke.front()};
  for (size_t i = 1; i < stroke.size(); ++i) {
    const Point from = stroke[i - 1];
    const Point to = stroke[i];
    if (from == to) continue;
    const Point before = i > 1 ? stroke[i - 2] : from;
    const Point after = i + 1 < stroke.size() ? stroke[i + 1] : to;
    for (int step = 1; step <= steps; ++step) {
      const float t = static_cast<float>(step) / static_cast<float>(steps);
      curve.push_back({.x = between(before.x, from.x, to.x, after.x, t),
                       .y = between(before.y, from.y, to.y, after.y, t)});
    }
  }
  return curve;
}

}  // namespace antler::digits
