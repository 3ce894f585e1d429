// Images looked at between and beyond their pixels.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "antler/core/shape.h"

namespace antler::ops {

/// What lies outside of an image.
enum class Fill {
  constant,  ///< the fill value
  nearest,   ///< its edge: a a a | a b c | c c c
  reflect,   ///< its mirror image: c b a | a b c | c b a
  wrap,      ///< the image again: a b c | a b c | a b c
};

struct Sampling {
  Fill fill = Fill::reflect;
  float fill_value = 0.0F;
  /// Between the four pixels around a place; otherwise the nearest pixel.
  bool bilinear = true;
};

/// Where a place beyond an axis's ends is looked up. The formulas are TensorFlow's, to the last rounding.
float inside(Fill fill, float at, int64_t extent);

/// A pixel, `row * width + column`, and how much it counts; the pixel -1 is the fill value.
struct Tap {
  int64_t pixel = -1;
  float weight = 0.0F;
};

/// What `images` (batch, height, width, channels) show at a place: (0, 0) is the middle of the first pixel.
std::array<Tap, 4> taps_at(const Sampling& sampling, const Shape& images, float x, float y);

/// Makes images by looking at others of their size, each of their pixels at a place of its own: what
/// taps_at() says, quickly.
class Sampler {
 public:
  /// How much working memory it needs.
  static int64_t floats(const Shape& images);
  /// For `images` (batch, height, width, channels) of less than 2^31 pixels, else it throws Error. `memory`
  /// is floats() elements, used as long as the sampler is.
  Sampler(const Shape& images, const Sampling& sampling, std::span<float> memory);

  /// To be set before sample(): where pixel `row * width + column` of the output looks, in pixels, (0, 0)
  /// being the middle of the first one. Finite.
  std::span<float> x() const { return x_; }
  std::span<float> y() const { return y_; }
  /// (height, width, channels) from (height, width, channels), which may be the same where it is bilinear.
  /// Afterwards the places are to be set anew.
  void sample(const float* image, float* out) const;

 private:
  void sample_nearest(const float* image, float* out) const;
  void fold_places() const;
  void frame(const float* image) const;

  Shape images_;
  Sampling sampling_;
  std::span<float> x_;
  std::span<float> y_;
  std::span<float> plane_;
  std::span<float> framed_;
};

}  // namespace antler::ops
