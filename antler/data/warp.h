// Images turned, moved, scaled, slanted and distorted in one go.
#pragma once

#include <span>
#include <vector>

#include "antler/data/augmentation.h"
#include "antler/data/draws.h"
#include "antler/ops/sampling.h"
#include "antler/ops/smooth_noise.h"

namespace antler::augment {

/// What Options say of an image's geometry, for images of one size; keeps the working memory for it.
class Warp {
 public:
  Warp(const Options& options, const Shape& images);
  /// Changes an image (height, width, channels) in place.
  void operator()(Draws& draws, float* image);

 private:
  void place_pixels(Draws& draws);
  void distort(Draws& draws, std::span<float> places);

  Options options_;
  int64_t height_;
  int64_t width_;
  bool is_affine_;
  bool is_elastic_;
  /// Of the elastic distortion; empty without.
  ops::GaussianCurve down_;
  ops::GaussianCurve across_;
  std::vector<float> noise_;
  std::vector<float> smoothing_;
  std::vector<float> displacement_;
  std::vector<float> sampling_;
  ops::Sampler sampler_;
};

}  // namespace antler::augment
