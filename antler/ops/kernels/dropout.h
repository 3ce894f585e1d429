// The loop of dropout, for the processor at hand. It runs on the calling thread alone.
#pragma once

#include <array>
#include <cstdint>

namespace antler::ops::kernels {

struct Drop {
  /// Of philox4x32; word j of its block b (counter {b, b >> 32, 0, 0}) decides on element 4 * b + j.
  std::array<uint32_t, 2> key;
  /// Words below it drop their element.
  uint32_t threshold;
  /// What the others are multiplied by.
  float scale;
};

/// Elements `begin`, a multiple of 4, up to `end` of y = x * scale where not dropped, else 0.
void dropout(const Drop& drop, int64_t begin, int64_t end, const float* x, float* y);

}  // namespace antler::ops::kernels
