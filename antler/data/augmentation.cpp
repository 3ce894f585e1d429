#include "antler/data/augmentation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/draws.h"
#include "antler/data/warp.h"
#include "antler/ops/rectangle.h"

namespace antler::augment {
namespace {

void check_within(double value, double least, double most, const char* name) {
  if (value >= least && value <= most) return;
  throw Error("{} of augmented images is {}; expected {} to {}", name, value, least, most);
}

void check(const Options& options) {
  constexpr double many_pixels = 1e6;
  constexpr double nearly_all = 0.99;
  check_within(options.rotation_degrees, 0.0, 180.0, "rotation_degrees");
  check_within(options.shift_pixels, 0.0, many_pixels, "shift_pixels");
  check_within(options.zoom, 0.0, nearly_all, "zoom");
  check_within(options.stretch, 0.0, nearly_all, "stretch");
  check_within(options.shear, 0.0, 10.0, "shear");
  check_within(options.elastic_alpha, 0.0, many_pixels, "elastic_alpha");
  check_within(options.elastic_sigma, 1.0, many_pixels, "elastic_sigma");
  check_within(options.erase_probability, 0.0, 1.0, "erase_probability");
  check_within(options.erase_least, 0.0, 1.0, "erase_least");
  check_within(options.erase_most, options.erase_least, 1.0, "erase_most");
  if (!std::isfinite(options.fill_value))
    throw Error("fill_value of augmented images is {}; expected a number", options.fill_value);
}

void erase(Draws& draws, const Options& options, const Shape& shape, float* image) {
  if (!(draws.uniform() < options.erase_probability)) return;
  const auto side = [&](int64_t extent) {
    const float share = std::sqrt(draws.between(options.erase_least, options.erase_most));
    return ops::side_of(extent, share, draws.uniform());
  };
  const ops::Side rows = side(shape[1]);
  const ops::Side columns = side(shape[2]);
  const int64_t channels = shape[3];
  for (int64_t row = rows.begin; row < rows.end; ++row) {
    std::fill_n(image + (row * shape[2] + columns.begin) * channels, columns.count() * channels,
                static_cast<float>(options.fill_value));
  }
}

}  // namespace

Tensor changed(Tensor images, const Options& options, const RandomStream& random) {
  check(options);
  check_images(images);
  const Shape& shape = images.shape();
  const int64_t floats = shape[1] * shape[2] * shape[3];
  Warp warp(options, shape);
  for (int64_t row = 0; row < shape[0]; ++row) {
    Draws draws(random, row);
    float* image = images.data() + row * floats;
    warp(draws, image);
    erase(draws, options, shape, image);
  }
  return images;
}

Change images(const Options& options, uint64_t seed) {
  check(options);
  return [options, seed](Batch batch, const BatchPlace& place) {
    batch.rows();  // refuses a batch without an input
    const RandomStream random = stream_at(seed, stream_of("augmented images"), place);
    batch.x.front() = changed(std::move(batch.x.front()), options, random);
    return batch;
  };
}

}  // namespace antler::augment
