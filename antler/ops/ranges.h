// Loops over the elements of tensors, whatever their shape.
#pragma once

#include <algorithm>

#include "antler/core/memory.h"
#include "antler/ops/spread.h"

namespace antler::ops {

/// Calls body(begin, end) for ranges that make up [0, count), on several threads where that pays: where each
/// number stands for `floats` elements, such as a column, these count. Ranges end where cache lines do, so
/// that threads share none.
template <typename Body>
void for_each_range(int64_t count, int64_t floats, const Body& body) {
  constexpr int64_t line = floats_per_line;
  spread(whole_lines(count) / line, line * floats, [&](int64_t begin, int64_t end, int /*thread*/) {
    body(begin * line, std::min(count, end * line));
  });
}
template <typename Body>
void for_each_range(int64_t count, const Body& body) {
  for_each_range(count, 1, body);
}

}  // namespace antler::ops
