#include "antler/data/warp.h"

#include <cmath>
#include <numbers>

namespace antler::augment {
namespace {

// Where the pixel (x, y) of the changed image is looked up: (a0 x + a1 y + a2, b0 x + b1 y + b2), both
// counted from the middle.
struct Map {
  float a0, a1, a2;
  float b0, b1, b2;
};

float symmetric(Draws& draws, double most) {
  return draws.between(-most, most);
}

float drawn_shift(Draws& draws, const Options& options) {
  const float shift = symmetric(draws, options.shift_pixels);
  return options.whole_pixels ? std::round(shift) : shift;
}

// Pixels are turned, slanted and scaled about the middle, then moved; this is the way back.
Map drawn_map(Draws& draws, const Options& options) {
  const float angle = symmetric(draws, options.rotation_degrees) * std::numbers::pi_v<float> / 180.0F;
  const float down = drawn_shift(draws, options);
  const float right = drawn_shift(draws, options);
  const float size = 1.0F + symmetric(draws, options.zoom);
  const float height = size * (1.0F + symmetric(draws, options.stretch));
  const float width = size * (1.0F + symmetric(draws, options.stretch));
  const float slant = symmetric(draws, options.shear);
  const float cosine = std::cos(angle);
  const float sine = std::sin(angle);
  Map map{(cosine - slant * sine) / width,
          (-sine - slant * cosine) / width,
          0.0F,
          sine / height,
          cosine / height,
          0.0F};
  map.a2 = -map.a0 * right - map.a1 * down;
  map.b2 = -map.b0 * right - map.b1 * down;
  return map;
}

}  // namespace

Warp::Warp(const Options& options, const Shape& images)
    : options_(options),
      height_(images[1]),
      width_(images[2]),
      is_affine_(options.rotation_degrees > 0.0 || options.shift_pixels > 0.0 || options.zoom > 0.0 ||
                 options.stretch > 0.0 || options.shear > 0.0),
      is_elastic_(options.elastic_alpha > 0.0),
      sampling_(static_cast<size_t>(ops::Sampler::floats(images))),
      sampler_(images, {ops::Fill::constant, static_cast<float>(options.fill_value)}, sampling_) {
  if (!is_elastic_) return;
  down_ = ops::sparse_curve(height_, options.elastic_sigma);
  across_ = ops::sparse_curve(width_, options.elastic_sigma);
  noise_.resize(static_cast<size_t>(down_.numbers * across_.numbers));
  smoothing_.resize(static_cast<size_t>(down_.numbers * width_));
  displacement_.resize(static_cast<size_t>(height_ * width_));
}

void Warp::operator()(Draws& draws, float* image) {
  if (!is_affine_ && !is_elastic_) return;
  place_pixels(draws);
  if (is_elastic_) {
    distort(draws, sampler_.x());
    distort(draws, sampler_.y());
  }
  sampler_.sample(image, image);
}

void Warp::place_pixels(Draws& draws) {
  const Map map = drawn_map(draws, options_);
  const float middle_x = 0.5F * static_cast<float>(width_ - 1);
  const float middle_y = 0.5F * static_cast<float>(height_ - 1);
  for (int64_t row = 0; row < height_; ++row) {
    const float y = static_cast<float>(row) - middle_y;
    const float row_x = map.a1 * y + map.a2 + middle_x;
    const float row_y = map.b1 * y + map.b2 + middle_y;
    float* to_x = sampler_.x().data() + row * width_;
    float* to_y = sampler_.y().data() + row * width_;
    for (int64_t column = 0; column < width_; ++column) {
      const float x = static_cast<float>(column) - middle_x;
      to_x[column] = map.a0 * x + row_x;
      to_y[column] = map.b0 * x + row_y;
    }
  }
}

void Warp::distort(Draws& draws, std::span<float> places) {
  const auto alpha = static_cast<float>(options_.elastic_alpha);
  draws.fill(noise_, -alpha, alpha);
  ops::smooth(down_, across_, noise_.data(), smoothing_.data(), displacement_.data());
  for (size_t i = 0; i < places.size(); ++i) places[i] += displacement_[i];
}

}  // namespace antler::augment
