// Clipping as losses do it: NaN stays NaN, and at either end the gradient still goes through.
#pragma once

namespace antler::ops {

/// What Keras keeps probabilities away from 0 and 1 by: keras.backend.epsilon().
inline constexpr float fuzz = 1e-7F;
inline constexpr float one_less_fuzz = static_cast<float>(1.0 - 1e-7);

inline float clip(float value, float low, float high) {
  return value < low ? low : value > high ? high : value;
}

/// The derivative of clip().
inline float clip_slope(float value, float low, float high) {
  return value < low || value > high ? 0.0F : 1.0F;
}

}  // namespace antler::ops
