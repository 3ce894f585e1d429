#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::FloatNear;
using testing::Pointwise;

// Figures are those of Keras 3.15.1.
const Tensor x({1, 3, 4, 1}, {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8});

void expect_picture(const Layer& layer, const std::vector<float>& expected) {
  EXPECT_THAT(run_layer(layer, x).span(), Pointwise(FloatNear(1e-5F), expected)) << config_of(layer);
}

TEST(Resizing, StretchesAsKerasDoes) {
  expect_picture(Resizing(2, 2), {3.25F, 2.875F, 4.75F, 5.875F});
  expect_picture(Resizing(2, 2, {.interpolation = "nearest"}), {1, 1, 3, 8});
  expect_picture(Resizing(2, 6), {3.5F, 3.25F, 3.08333F, 3.41667F, 2.875F, 2.25F, 5, 4.75F, 4.45833F,
                                  4.29167F, 5.875F, 7.5F});
  expect_picture(Resizing(5, 3, {.interpolation = "nearest"}), {3, 4, 1, 3, 4, 1, 5, 2, 6, 5, 5, 8, 5, 5, 8});
}

TEST(Resizing, KeepsProportionsByCuttingOrFillingUp) {
  expect_picture(Resizing(2, 2, {.crop_to_aspect_ratio = true}), {3.375F, 3.375F, 4.875F, 4.3125F});
  expect_picture(Resizing(2, 2, {.pad_to_aspect_ratio = true}), {3.25F, 2.875F, 4.75F, 5.875F});
}

TEST(CenterCrop, TakesTheMiddle) {
  expect_picture(CenterCrop(1, 2), {9, 2});
  expect_picture(CenterCrop(2, 3), {3, 1, 4, 5, 9, 2});
}

TEST(CenterCrop, EnlargesWhatIsTooSmall) {
  expect_picture(CenterCrop(2, 6), {5, 7, 7.83333F, 3.16667F, 4, 6, 5, 7, 7.83333F, 3.16667F, 4, 6});
  expect_picture(CenterCrop(4, 4), {3, 1.75F, 2.125F, 4, 4.25F, 5.34375F, 4.78125F, 2.75F, 5, 6.09375F,
                                    5.39062F, 3.125F, 5, 3.75F, 3.75F, 5});
}

TEST(Resizing, IsTheSameAfterReadingItBack) {
  const Layer layer = Resizing(2, 3, {.interpolation = "nearest", .crop_to_aspect_ratio = true});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
  EXPECT_EQ(config_read_back(CenterCrop(2, 3)),
            R"({"data_format": "channels_last", "height": 2, "width": 3})");
}

TEST(Resizing, RefusesWhatItCannotDo) {
  EXPECT_THROW(Resizing(0, 1), Error);
  EXPECT_THROW(CenterCrop(1, 0), Error);
  EXPECT_THROW(Resizing(1, 1, {.interpolation = "bicubic"}), Error);
  EXPECT_THROW(Resizing(1, 1, {.crop_to_aspect_ratio = true, .pad_to_aspect_ratio = true}), Error);
  EXPECT_THROW(build_layer(Resizing(1, 1), {3}), Error);
  EXPECT_THROW(read_layer("Resizing", R"({"height": 1, "width": 1, "antialias": true})"), Error);
  EXPECT_THROW(read_layer("Resizing", R"({"height": 1, "width": 1, "fill_value": 1})"), Error);
}

}  // namespace
}  // namespace antler::layers
