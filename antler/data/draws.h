// Random numbers for the samples of a batch.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/dataset.h"

namespace antler {

/// The stream of a dataset's stage for the batch at `place`.
inline RandomStream stream_at(uint64_t seed, uint64_t stream, const BatchPlace& place) {
  return {seed, stream, (static_cast<uint64_t>(place.pass) << 32) + static_cast<uint64_t>(place.number)};
}

/// Throws Error for what is no batch of images.
inline void check_images(const Tensor& images) {
  if (images.shape().rank() == 4) return;
  throw Error("the images to be augmented have the shape {}; expected (batch, height, width, channels)",
              images.shape().to_string());
}

/// One sample's numbers, one after the other: however many it takes, the others' stay the same.
class Draws {
 public:
  /// The numbers of sample `row` of a batch whose stream is `random`.
  Draws(const RandomStream& random, int64_t row)
      : random_(random), block_(static_cast<uint64_t>(row) << 32) {}

  /// In [0, 1).
  float uniform() {
    if (used_ == words_.size()) {
      words_ = random_.block(block_++);
      used_ = 0;
    }
    return RandomStream::to_uniform(words_[used_++]);
  }
  float between(double low, double high) {
    return static_cast<float>(low + (high - low) * double{uniform()});
  }
  void fill(std::span<float> out, float low, float high) {
    for (float& each : out) each = low + (high - low) * uniform();
  }

 private:
  const RandomStream& random_;
  uint64_t block_;
  std::array<uint32_t, 4> words_ = {};
  size_t used_ = 4;
};

}  // namespace antler
