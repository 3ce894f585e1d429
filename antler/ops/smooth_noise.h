// Noise that changes smoothly over an image.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace antler::ops {

/// A curve over the places 0 to extent - 1 of an axis, as a sum of Gaussians, each times a number of noise.
struct GaussianCurve {
  int64_t extent = 0;
  int64_t numbers = 0;
  /// (numbers, extent).
  std::vector<float> weights = {};
};

/// Of independent numbers, what numbers at all places of an endless axis would give, smoothed by a Gaussian
/// of `sigma` places and area 1: to two parts in ten thousand of its variance, by numbers `sigma` places
/// apart. Sigma is 1 or more.
GaussianCurve sparse_curve(int64_t extent, double sigma);
/// Of a number a place, smoothed by a Gaussian of sum 1 that is cut off beyond `radius` places; zeros beyond
/// the ends.
GaussianCurve dense_curve(int64_t extent, double sigma, int64_t radius);

/// A surface (down.extent, across.extent) whose rows and columns are such curves, of noise (down.numbers,
/// across.numbers). `scratch` holds down.numbers * across.extent floats. Runs on the calling thread alone.
void smooth(const GaussianCurve& down, const GaussianCurve& across, const float* noise, float* scratch,
            float* surface);

}  // namespace antler::ops
