#include "antler/ops/random_elastic.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/ops/sampled_images.h"
#include "antler/ops/smooth_noise.h"

namespace antler::ops {
namespace {

// What is drawn, and follows, for a batch as a whole.
struct Distortion {
  float alpha;
  GaussianCurve down;
  GaussianCurve across;
};

Distortion distortion_of(float d, const Shape& images) {
  const auto longer = static_cast<float>(std::max(images[1], images[2]));
  const auto shorter = static_cast<float>(std::min(images[1], images[2]));
  const float sigma = 0.05F * d * shorter;
  const int64_t radius = 3 * static_cast<int64_t>(sigma);
  Distortion distortion{.alpha = 0.1F * d * longer * sigma, .down = {}, .across = {}};
  if (distortion.alpha == 0.0F) return distortion;  // nor is there a Gaussian
  distortion.down = dense_curve(images[1], double{sigma}, radius);
  distortion.across = dense_curve(images[2], double{sigma}, radius);
  return distortion;
}

// A thread's noise, and what smoothing it takes.
int64_t noise_floats(const Shape& images) {
  return 3 * images[1] * images[2];
}

// Sets the places that the pixels of images look at.
class Places {
 public:
  Places(const RandomElastic& op, const RandomKey& key, const Shape& images)
      : op_(op),
        key_(key),
        random_(key.seed, op.stream, key.step),
        images_(images),
        distortion_(distortion_of(op.scale.at(random_.uniform(0)), images)) {}

  void operator()(int64_t image, const Sampler& sampler, std::span<float> memory) const {
    size_t pixel = 0;
    for (int64_t row = 0; row < images_[1]; ++row) {
      for (int64_t column = 0; column < images_[2]; ++column, ++pixel) {
        sampler.x()[pixel] = static_cast<float>(column);
        sampler.y()[pixel] = static_cast<float>(row);
      }
    }
    const uint64_t first = 2 * static_cast<uint64_t>(image) + 1;
    const bool applies = random_.uniform(first + 1) < op_.probability.at(random_.uniform(first));
    if (!applies || distortion_.alpha == 0.0F) return;
    move(sampler.x(), first, memory);
    move(sampler.y(), first + 1, memory);
  }

 private:
  // `number` tells apart the streams of the images' two directions.
  void move(std::span<float> places, uint64_t number, std::span<float> memory) const {
    const std::span<float> noise = memory.first(places.size());
    const std::span<float> smoothed = memory.subspan(places.size(), places.size());
    const std::span<float> scratch = memory.subspan(2 * places.size(), places.size());
    RandomStream(key_.seed, op_.stream + number, key_.step).fill_normal(noise, 0.0F, distortion_.alpha);
    smooth(distortion_.down, distortion_.across, noise.data(), scratch.data(), smoothed.data());
    for (size_t i = 0; i < places.size(); ++i) places[i] += smoothed[i];
  }

  const RandomElastic& op_;
  RandomKey key_;
  RandomStream random_;
  Shape images_;
  Distortion distortion_;
};

}  // namespace

Shape RandomElastic::output_shape(std::span<const Shape> inputs) const {
  if (inputs[0].rank() != 4)
    throw Error("the input has the shape {}; expected (batch, height, width, channels)",
                inputs[0].to_string());
  return inputs[0];
}

int64_t RandomElastic::scratch_floats(std::span<const Shape> inputs) const {
  return sampling_scratch(inputs[0], noise_floats(inputs[0]));
}

void RandomElastic::forward(const ForwardContext& run) const {
  sample_images(sampling, run, Places(*this, run.random, run.output.shape), noise_floats(run.output.shape));
}

void RandomElastic::backward(const BackwardContext& run) const {
  const Shape& shape = run.output_gradient.shape;
  sampled_gradients(sampling, run, Places(*this, run.random, shape), noise_floats(shape));
}

}  // namespace antler::ops
