// Batches of images whose pixels look at places of others: what operations that bend images have in common.
#pragma once

#include <algorithm>

#include "antler/core/parallel.h"
#include "antler/ops/operation.h"
#include "antler/ops/sampling.h"
#include "antler/ops/spread.h"

namespace antler::ops {

/// The scratch that the functions below need: `own` floats of it for `places` on each thread.
inline int64_t sampling_scratch(const Shape& images, int64_t own = 0) {
  return thread_count() * (Sampler::floats(images) + own);
}

/// Calls work(image, sampler) for each image of the batch once `places(image, sampler, own scratch)` has set
/// where its pixels look.
template <typename Places, typename Work>
void for_each_sampler(const Sampling& sampling, const Shape& images, std::span<float> scratch,
                      const Places& places, int64_t own, const Work& work) {
  const auto floats = static_cast<size_t>(Sampler::floats(images));
  const auto all_floats = floats + static_cast<size_t>(own);
  spread(images[0], images[1] * images[2] * images[3], [&](int64_t begin, int64_t end, int thread) {
    const auto memory = scratch.subspan(static_cast<size_t>(thread) * all_floats, all_floats);
    const Sampler sampler(images, sampling, memory.first(floats));
    for (int64_t image = begin; image < end; ++image) {
      places(image, sampler, memory.subspan(floats));
      work(image, sampler);
    }
  });
}

/// The output, of the first input's shape.
template <typename Places>
void sample_images(const Sampling& sampling, const ForwardContext& run, const Places& places,
                   int64_t own = 0) {
  const Shape& shape = run.output.shape;
  const int64_t floats = shape[1] * shape[2] * shape[3];
  for_each_sampler(sampling, shape, run.scratch, places, own, [&](int64_t image, const Sampler& sampler) {
    sampler.sample(run.inputs[0].data + image * floats, run.output.data + image * floats);
  });
}

/// The gradient of the first input.
template <typename Places>
void sampled_gradients(const Sampling& sampling, const BackwardContext& run, const Places& places,
                       int64_t own = 0) {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  std::ranges::fill(dx.span(), 0.0F);
  const int64_t channels = dx.shape[3];
  const int64_t floats = dx.shape[1] * dx.shape[2] * channels;
  for_each_sampler(sampling, dx.shape, run.scratch, places, own, [&](int64_t image, const Sampler& sampler) {
    const float* dy = run.output_gradient.data + image * floats;
    for (size_t i = 0; i < sampler.x().size(); ++i, dy += channels) {
      for (const Tap& each : taps_at(sampling, dx.shape, sampler.x()[i], sampler.y()[i])) {
        if (each.pixel < 0) continue;
        float* to = dx.data + image * floats + each.pixel * channels;
        for (int64_t c = 0; c < channels; ++c) to[c] += each.weight * dy[c];
      }
    }
  });
}

}  // namespace antler::ops
