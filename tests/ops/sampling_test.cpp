#include "antler/ops/sampling.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

// What the four taps around each place add up to, one place after the other.
std::vector<float> by_taps(const Sampling& sampling, const Tensor& image, std::span<const float> x,
                           std::span<const float> y) {
  std::vector<float> out;
  const int64_t channels = image.shape()[3];
  for (size_t i = 0; i < x.size(); ++i) {
    for (int64_t c = 0; c < channels; ++c) {
      float sum = 0.0F;
      for (const Tap& each : taps_at(sampling, image.shape(), x[i], y[i]))
        sum += each.weight * (each.pixel < 0 ? sampling.fill_value : image[each.pixel * channels + c]);
      out.push_back(sum);
    }
  }
  return out;
}

// Sizes that are no multiple of a vector, places inside, on the edges and far beyond.
TEST(Sampler, GivesWhatTheTapsGive) {
  for (const Shape& shape : {Shape{1, 7, 9, 1}, Shape{1, 3, 5, 3}, Shape{1, 1, 1, 2}, Shape{1, 1, 6, 1}}) {
    const Tensor image = random_tensor(shape, 1);
    const Tensor places = random_tensor({2, shape[1] * shape[2]}, 2, 0.0F, 9.0F);
    for (const Fill fill : {Fill::constant, Fill::nearest, Fill::reflect, Fill::wrap}) {
      for (const bool bilinear : {false, true}) {
        const Sampling sampling{fill, 2.0F, bilinear};
        std::vector<float> memory(static_cast<size_t>(Sampler::floats(shape)));
        const Sampler sampler(shape, sampling, memory);
        std::ranges::copy(places.rows(0, 1).span(), sampler.x().begin());
        std::ranges::copy(places.rows(1, 2).span(), sampler.y().begin());
        sampler.x()[0] = -1.0F;  // on the frame, and on its far side
        sampler.y()[0] = static_cast<float>(shape[1]);
        const auto expected = by_taps(sampling, image, sampler.x(), sampler.y());
        Tensor y = image;
        sampler.sample((bilinear ? y : image).data(), y.data());
        EXPECT_THAT(y.span(), testing::Pointwise(testing::FloatNear(1e-5F), expected))
            << shape.to_string() << " fill " << static_cast<int>(fill)
            << (bilinear ? " bilinear" : " nearest");
      }
    }
  }
}

TEST(Sampler, RefusesImagesThatItsKernelCannotCount) {
  EXPECT_THROW(Sampler(Shape{1, 100000, 100000, 1}, {}, {}), Error);
}

}  // namespace
}  // namespace antler::ops
