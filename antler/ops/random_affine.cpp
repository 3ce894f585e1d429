#include "antler/ops/random_affine.h"

#include <array>
#include <cmath>
#include <numbers>

#include "antler/core/error.h"
#include "antler/ops/sampled_images.h"

namespace antler::ops {
namespace {

// Row 0 gives x in the input, row 1 y.
struct Map {
  std::array<float, 3> x;
  std::array<float, 3> y;
};

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
  const float vertical = op.vertical.at(random.uniform(first));
  const float horizontal = op.keeps_aspect ? vertical : op.horizontal.at(random.uniform(first + 1));
  switch (op.kind) {
    case RandomAffine::Kind::rotation:
      return rotation(vertical, width, height);
    case RandomAffine::Kind::translation:
      return {{1.0F, 0.0F, -horizontal * width}, {0.0F, 1.0F, -vertical * height}};
    case RandomAffine::Kind::shear: {
      const float sign = random.bits(first) % 2 == 0 ? 1.0F : -1.0F;  // a bit that uniform() leaves out
      return {{1.0F, sign * horizontal, 0.0F}, {sign * vertical, 1.0F, 0.0F}};
    }
    case RandomAffine::Kind::zoom:
      break;
  }
  return zoom(1.0F + horizontal, 1.0F + vertical, width, height);
}

// Sets the places that the pixels of images look at.
auto places_of(const RandomAffine& op, const RandomKey& key, const Shape& shape) {
  return [&op, shape, random = RandomStream(key.seed, op.stream, key.step)](
             int64_t image, const Sampler& sampler, std::span<float> /*own*/) {
    const Map map = map_of(op, random, image, shape);
    size_t pixel = 0;
    for (int64_t row = 0; row < shape[1]; ++row) {
      const auto y = static_cast<float>(row);
      for (int64_t column = 0; column < shape[2]; ++column, ++pixel) {
        const auto x = static_cast<float>(column);
        sampler.x()[pixel] = map.x[0] * x + map.x[1] * y + map.x[2];
        sampler.y()[pixel] = map.y[0] * x + map.y[1] * y + map.y[2];
      }
    }
  };
}

}  // namespace

Shape RandomAffine::output_shape(std::span<const Shape> inputs) const {
  if (inputs[0].rank() != 4)
    throw Error("the input has the shape {}; expected (batch, height, width, channels)",
                inputs[0].to_string());
  return inputs[0];
}

int64_t RandomAffine::scratch_floats(std::span<const Shape> inputs) const {
  return sampling_scratch(inputs[0]);
}

void RandomAffine::forward(const ForwardContext& run) const {
  sample_images(sampling, run, places_of(*this, run.random, run.output.shape));
}

void RandomAffine::backward(const BackwardContext& run) const {
  sampled_gradients(sampling, run, places_of(*this, run.random, run.output_gradient.shape));
}

}  // namespace antler::ops
