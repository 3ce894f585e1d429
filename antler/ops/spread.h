// Parallel loops that stay on one thread where the work is small.
#pragma once

#include "antler/core/parallel.h"

namespace antler::ops {

/// parallel_for() over `count` things of `floats` elements each, or body(0, count, 0) where they are too few
/// for other threads to pay.
inline void spread(int64_t count, int64_t floats, LoopBody body) {
  constexpr int64_t worth_waking_threads = 16384;
  if (count * floats >= worth_waking_threads) return parallel_for(count, body);
  body(0, count, 0);
}

/// body(i) for each of `count` elements.
template <typename Body>
void for_each_element(int64_t count, const Body& body) {
  spread(count, 1, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t i = begin; i < end; ++i) body(i);
  });
}

}  // namespace antler::ops
