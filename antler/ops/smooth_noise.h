// Noise that changes smoothly over an image.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace antler::ops {

/// A curve over the places 0 to extent - 1 of an axis, as a sum of Gaussians about `knots` places, each times
/// a number of noise.
class GaussianCurve {
 public:
  /// Of independent numbers, what numbers at all places of an endless axis would give, smoothed by a Gaussian
  /// of `sigma` places and area 1: to one part in ten thousand of its variance and covariance, by numbers
  /// that are `sigma` places apart. From 1 up.
  static GaussianCurve sparse(int64_t extent, double sigma);
  /// A number a place, smoothed by a Gaussian of sum 1 that is cut off `radius` places away; none beyond the
  /// ends.
  static GaussianCurve dense(int64_t extent, double sigma, int64_t radius);

  int64_t extent() const { return extent_; }
  int64_t knots() const { return static_cast<int64_t>(knots_.size()); }

  /// The places that a knot reaches: weights from `begin` up to `end`.
  struct Knot {
    int64_t begin = 0;
    int64_t end = 0;
    std::vector<float> weights = {};
  };
  const Knot& knot(int64_t number) const { return knots_[static_cast<size_t>(number)]; }

 private:
  /// exp(-(place - middle)^2 / (2 sigma^2)) times `height`, about each of `middles`.
  GaussianCurve(int64_t extent, std::span<const double> middles, double sigma, double radius, double height);

  int64_t extent_;
  std::vector<Knot> knots_;
};

/// A surface (down.extent(), across.extent()) whose rows and columns are such curves, of noise
/// (down.knots(), across.knots()). `scratch` holds down.knots() * across.extent() floats.
void smooth(const GaussianCurve& down, const GaussianCurve& across, std::span<const float> noise,
            std::span<float> scratch, std::span<float> surface);

}  // namespace antler::ops
