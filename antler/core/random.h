// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy
// as 1, 2, 3", SC 2011). A number depends on (seed, stream, step, index) alone, so that a run can be cut
// anywhere, resumed, and split over threads, and still draw the same numbers.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace antler {

/// Philox4x32-10 itself: four words of 32 random bits for a counter and a key.
std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

/// One independent sequence of numbers, reached at any index in constant time. A value without state.
class RandomStream {
 public:
  /// `stream` tells users of one seed apart (a layer's dropout, the shuffling); `step` tells apart one user's
  /// turns (the batch, the epoch).
  RandomStream(uint64_t seed, uint64_t stream, uint64_t step = 0);

  /// Four words of 32 random bits: numbers 4 * block to 4 * block + 3 of the sequence.
  std::array<uint32_t, 4> block(uint64_t block) const;
  uint32_t bits(uint64_t index) const { return block(index / 4)[index % 4]; }
  /// In [0, 1), with 24 random bits.
  float uniform(uint64_t index) const { return to_uniform(bits(index)); }
  static float to_uniform(uint32_t bits) { return static_cast<float>(bits >> 8) * 0x1p-24F; }

  /// Numbers 0 to out.size() - 1 of the sequence, scaled to [low, high).
  void fill_uniform(std::span<float> out, float low, float high) const;
  /// Box-Muller on pairs of uniform numbers.
  void fill_normal(std::span<float> out, float mean, float stddev) const;
  /// Normal, drawn again until within two standard deviations of the mean.
  void fill_truncated_normal(std::span<float> out, float mean, float stddev) const;
  /// The numbers 0 to count - 1 in random order (Fisher-Yates).
  std::vector<int64_t> permutation(int64_t count) const;

 private:
  std::array<uint32_t, 2> key_;
  uint64_t step_;
};

/// A stream number for a name ("shuffle", a layer's name): its FNV-1a hash.
uint64_t stream_of(std::string_view name);
/// A fresh seed from the operating system, small enough to be typed again (below 2^31).
uint64_t random_seed();

}  // namespace antler
