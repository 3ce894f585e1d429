// A bound on the weights of layers that are built from a file.
#pragma once

#include <cstdint>

namespace antler::layers {

/// While one lives, no layer that this thread builds gets more numbers than `numbers` in all. Whoever reads a
/// model sets what its file can hold: a few bytes could else ask for any amount of memory, through any of a
/// layer's settings. Within another one the smaller bound holds.
class WeightLimit {
 public:
  explicit WeightLimit(int64_t numbers);
  ~WeightLimit();
  WeightLimit(const WeightLimit&) = delete;
  WeightLimit& operator=(const WeightLimit&) = delete;

  /// Throws Error when a layer of `numbers` numbers asks for `more`, and a limit is set that says no.
  static void check(int64_t numbers, int64_t more);

 private:
  int64_t outer_;
};

}  // namespace antler::layers
