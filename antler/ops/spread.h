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

}  // namespace antler::ops
