// The memory of a plan: its buffers, when each is alive, and where in the arena it lies.
#pragma once

#include <cstdint>
#include <vector>

namespace antler::graph {

/// A piece of the arena that is in use from step `begin` to step `end`, both included.
struct Buffer {
  int64_t floats = 0;
  int begin = 0;
  int end = 0;
  int64_t offset = 0;

  void extend_to(int time);
};

/// Sets the offsets, aligned, so that no two buffers that are alive at the same time overlap: the largest
/// first, each at the lowest place that is free. Returns the size of the arena.
int64_t place(std::vector<Buffer>& buffers);

}  // namespace antler::graph
