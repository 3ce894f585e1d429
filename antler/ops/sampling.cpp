#include "antler/ops/sampling.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "antler/core/error.h"
#include "antler/ops/kernels/bilinear.h"

namespace antler::ops {
namespace {

using kernels::FramedPlane;

float reflected(float at, int64_t extent) {
  const auto period = static_cast<float>(2 * extent);
  if (at < 0.0F) {
    if (at < period) at += period * std::trunc(-at / period);
    return at < -static_cast<float>(extent) ? at + period : -at - 1.0F;
  }
  at -= period * std::trunc(at / period);
  return at >= static_cast<float>(extent) ? period - at - 1.0F : at;
}

float wrapped(float at, int64_t extent) {
  const auto length = static_cast<float>(extent);
  if (at < 0.0F) return at + length * (std::trunc(-at / (length - 1.0F)) + 1.0F);
  return at - length * std::trunc(at / (length - 1.0F));
}

int64_t framed_floats(const Shape& images) {
  return (images[1] + FramedPlane::frame) * (images[2] + FramedPlane::frame);
}

Tap tap(const Shape& shape, float x, float y, float weight) {
  const bool is_inside =
      x >= 0.0F && y >= 0.0F && x < static_cast<float>(shape[2]) && y < static_cast<float>(shape[1]);
  if (!is_inside) return {-1, weight};
  return {static_cast<int64_t>(y) * shape[2] + static_cast<int64_t>(x), weight};
}

}  // namespace

float inside(Fill fill, float at, int64_t extent) {
  const auto last = static_cast<float>(extent - 1);
  if (fill == Fill::constant) return at;
  if (fill != Fill::nearest && (at < 0.0F || at > last)) {
    if (extent == 1) return 0.0F;
    at = fill == Fill::reflect ? reflected(at, extent) : wrapped(at, extent);
  }
  return std::clamp(at, 0.0F, last);
}

std::array<Tap, 4> taps_at(const Sampling& sampling, const Shape& images, float x, float y) {
  x = inside(sampling.fill, x, images[2]);
  y = inside(sampling.fill, y, images[1]);
  if (!sampling.bilinear) return {tap(images, std::round(x), std::round(y), 1.0F)};
  const float left = std::floor(x);
  const float top = std::floor(y);
  const float to_right = x - left;
  const float to_bottom = y - top;
  return {tap(images, left, top, (1.0F - to_right) * (1.0F - to_bottom)),
          tap(images, left + 1.0F, top, to_right * (1.0F - to_bottom)),
          tap(images, left, top + 1.0F, (1.0F - to_right) * to_bottom),
          tap(images, left + 1.0F, top + 1.0F, to_right * to_bottom)};
}

int64_t Sampler::floats(const Shape& images) {
  return 3 * images[1] * images[2] + framed_floats(images);
}

Sampler::Sampler(const Shape& images, const Sampling& sampling, std::span<float> memory)
    : images_(images), sampling_(sampling) {
  if (images[1] * images[2] == 0) return;
  // The kernel counts pixels in 32 bits.
  constexpr int64_t most = std::numeric_limits<int32_t>::max();
  if (images[1] > most / 2 || images[2] > most / 2 || framed_floats(images) > most)
    throw Error("images of the shape {} have too many pixels; expected less than 2^31", images.to_string());
  const auto pixels = static_cast<size_t>(images[1] * images[2]);
  x_ = memory.first(pixels);
  y_ = memory.subspan(pixels, pixels);
  plane_ = memory.subspan(2 * pixels, pixels);
  framed_ = memory.subspan(3 * pixels, static_cast<size_t>(framed_floats(images)));
  std::ranges::fill(framed_, sampling.fill_value);
}

void Sampler::sample(const float* image, float* out) const {
  if (!sampling_.bilinear) return sample_nearest(image, out);
  if (sampling_.fill != Fill::constant) fold_places();
  const FramedPlane framed{framed_.data(), images_[1], images_[2]};
  const int64_t channels = images_[3];
  const auto pixels = static_cast<int64_t>(x_.size());
  for (int64_t c = 0; c < channels; ++c) {
    frame(image + c);
    float* plane = channels == 1 ? out : plane_.data();
    kernels::bilinear(framed, x_.data(), y_.data(), pixels, plane);
    if (channels == 1) return;
    for (int64_t i = 0; i < pixels; ++i) out[i * channels + c] = plane[i];
  }
}

void Sampler::sample_nearest(const float* image, float* out) const {
  const int64_t channels = images_[3];
  for (size_t i = 0; i < x_.size(); ++i, out += channels) {
    const int64_t pixel = taps_at(sampling_, images_, x_[i], y_[i]).front().pixel;
    if (pixel < 0) {
      std::fill_n(out, channels, sampling_.fill_value);
    } else {
      std::copy_n(image + pixel * channels, channels, out);
    }
  }
}

void Sampler::fold_places() const {
  for (float& x : x_) x = inside(sampling_.fill, x, images_[2]);
  for (float& y : y_) y = inside(sampling_.fill, y, images_[1]);
}

// The channel that begins at `image` into the middle of the frame.
void Sampler::frame(const float* image) const {
  const int64_t width = images_[2];
  const int64_t channels = images_[3];
  for (int64_t row = 0; row < images_[1]; ++row) {
    float* to = framed_.data() + (row + 1) * (width + FramedPlane::frame) + 1;
    const float* from = image + row * width * channels;
    if (channels == 1) {
      std::copy_n(from, width, to);
    } else {
      for (int64_t column = 0; column < width; ++column) to[column] = from[column * channels];
    }
  }
}

}  // namespace antler::ops
