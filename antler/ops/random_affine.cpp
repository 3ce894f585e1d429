#include "antler/ops/random_affine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "antler/core/error.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// Row 0 gives x in the input, row 1 y.
struct Map {
  std::array<float, 3> x;
  std::array<float, 3> y;
};

float drawn(const Range& range, float uniform) {
  return range.low + (range.high - range.low) * uniform;
}

Map rotation(float turns, float width, float height) {
  const float angle = turns * 360.0F * (std::numbers::pi_v<float> / 180.0F);
  const float cosine = std::cos(angle);
  const float sine = std::sin(angle);
  const float middle_x = 0.5F * (width - 1.0F);
  const float middle_y = 0.5F * (height - 1.0F);
  return {{cosine, -sine, middle_x - middle_x * cosine + middle_y * sine},
          {sine, cosine, middle_y - middle_x * sine - middle_y * cosine}};
}

Map zoom(float x, float y, float width, float height) {
  return {{x, 0.0F, (width - 1.0F) / 2.0F * (1.0F - x)}, {0.0F, y, (height - 1.0F) / 2.0F * (1.0F - y)}};
}

Map map_of(const RandomAffine& op, const RandomStream& random, int64_t image, const Shape& shape) {
  const auto height = static_cast<float>(shape[1]);
  const auto width = static_cast<float>(shape[2]);
  const auto first = 2 * static_cast<uint64_t>(image);
  const float vertical = drawn(op.vertical, random.uniform(first));
  const float horizontal = op.keeps_aspect ? vertical : drawn(op.horizontal, random.uniform(first + 1));
  switch (op.kind) {
    case RandomAffine::Kind::rotation:
      return rotation(vertical, width, height);
    case RandomAffine::Kind::translation:
      return {{1.0F, 0.0F, -horizontal * width}, {0.0F, 1.0F, -vertical * height}};
    case RandomAffine::Kind::zoom:
      break;
  }
  return zoom(1.0F + horizontal, 1.0F + vertical, width, height);
}

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

// Where a place beyond an axis's ends is looked up. The formulas are TensorFlow's, to the last rounding.
float inside(RandomAffine::Fill fill, float at, int64_t extent) {
  const auto last = static_cast<float>(extent - 1);
  if (fill == RandomAffine::Fill::constant) return at;
  if (fill != RandomAffine::Fill::nearest && (at < 0.0F || at > last)) {
    if (extent == 1) return 0.0F;
    at = fill == RandomAffine::Fill::reflect ? reflected(at, extent) : wrapped(at, extent);
  }
  return std::clamp(at, 0.0F, last);
}

// A pixel of the input and how much it counts; the pixel -1 is the fill value.
struct Tap {
  int64_t pixel = -1;
  float weight = 0.0F;
};

Tap tap(const Shape& shape, float x, float y, float weight) {
  const bool is_inside =
      x >= 0.0F && y >= 0.0F && x < static_cast<float>(shape[2]) && y < static_cast<float>(shape[1]);
  if (!is_inside) return {-1, weight};
  return {static_cast<int64_t>(y) * shape[2] + static_cast<int64_t>(x), weight};
}

// What one pixel of the output is made of.
std::array<Tap, 4> taps_of(const RandomAffine& op, const Map& map, const Shape& shape, int64_t pixel) {
  const int64_t row = pixel / shape[2];
  const auto out_x = static_cast<float>(pixel % shape[2]);
  const auto out_y = static_cast<float>(row);
  const float x = inside(op.fill, map.x[0] * out_x + map.x[1] * out_y + map.x[2], shape[2]);
  const float y = inside(op.fill, map.y[0] * out_x + map.y[1] * out_y + map.y[2], shape[1]);
  if (!op.bilinear) return {tap(shape, std::round(x), std::round(y), 1.0F)};
  const float left = std::floor(x);
  const float top = std::floor(y);
  const float to_right = x - left;
  const float to_bottom = y - top;
  return {tap(shape, left, top, (1.0F - to_right) * (1.0F - to_bottom)),
          tap(shape, left + 1.0F, top, to_right * (1.0F - to_bottom)),
          tap(shape, left, top + 1.0F, (1.0F - to_right) * to_bottom),
          tap(shape, left + 1.0F, top + 1.0F, to_right * to_bottom)};
}

// Calls work(first float of the image, its pixel's first float there, taps) for each pixel of the output.
template <typename Work>
void for_each_pixel(const RandomAffine& op, const RandomKey& key, const Shape& shape, const Work& work) {
  const RandomStream random(key.seed, op.stream, key.step);
  const int64_t pixels = shape[1] * shape[2];
  spread(shape[0], pixels * shape[3], [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t image = begin; image < end; ++image) {
      const Map map = map_of(op, random, image, shape);
      for (int64_t pixel = 0; pixel < pixels; ++pixel)
        work(image * pixels * shape[3], pixel * shape[3], taps_of(op, map, shape, pixel));
    }
  });
}

}  // namespace

Shape RandomAffine::output_shape(std::span<const Shape> inputs) const {
  if (inputs[0].rank() != 4)
    throw Error("the input has the shape {}; expected (batch, height, width, channels)",
                inputs[0].to_string());
  return inputs[0];
}

void RandomAffine::forward(const ForwardContext& run) const {
  const int64_t channels = run.output.shape[3];
  for_each_pixel(*this, run.random, run.output.shape, [&](int64_t image, int64_t pixel, const auto& taps) {
    const float* x = run.inputs[0].data + image;
    for (int64_t c = 0; c < channels; ++c) {
      float sum = 0.0F;
      for (const Tap& each : taps)
        sum += each.weight * (each.pixel < 0 ? fill_value : x[each.pixel * channels + c]);
      run.output.data[image + pixel + c] = sum;
    }
  });
}

void RandomAffine::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  std::ranges::fill(dx.span(), 0.0F);
  const int64_t channels = dx.shape[3];
  for_each_pixel(*this, run.random, dx.shape, [&](int64_t image, int64_t pixel, const auto& taps) {
    for (const Tap& each : taps) {
      if (each.pixel < 0) continue;
      for (int64_t c = 0; c < channels; ++c) {
        dx.data[image + each.pixel * channels + c] +=
            each.weight * run.output_gradient.data[image + pixel + c];
      }
    }
  });
}

}  // namespace antler::ops
