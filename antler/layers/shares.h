// Factors that are shares, and ranges of pixels' values: what layers that change images at random have in
// common.
#pragma once

#include <algorithm>
#include <string>

#include "antler/layers/factor.h"
#include "antler/ops/random_affine.h"

namespace antler::layers {

/// What numbers are drawn between.
inline ops::Range range_of(const Factor& factor) {
  const Factor interval = factor.interval();
  return {static_cast<float>(interval.first()), static_cast<float>(interval.second())};
}

/// A factor from 0 to 1 as an interval; a number stands for 0 up to it. Throws Error, naming `key`, for one
/// out of bounds.
inline Factor share_interval(const Factor& factor, const std::string& key) {
  factor.check(key, 0.0, 1.0);
  return factor.is_pair() ? factor.interval() : Factor(0.0, factor.first());
}

/// Throws Error for a number, and for what no image has.
inline void check_value_range(const Factor& range) {
  // Colors that no image has bound what is drawn.
  constexpr double most = 1e30;
  if (!range.is_pair()) throw Error("value_range is a number; expected two");
  range.check("value_range", -most, most);
}

}  // namespace antler::layers
