#include "antler/layers/upsampling_2d.h"

#include <gmock/gmock.h>

#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

TEST(UpSampling2D, RepeatsPixels) {
  const Tensor y = run_layer(UpSampling2D({.size = {1, 2}}), Tensor({1, 2, 2, 1}, {1, 2, 3, 4}));
  EXPECT_THAT(y.span(), testing::ElementsAre(1, 1, 2, 2, 3, 3, 4, 4));
}

TEST(UpSampling2D, InterpolatesWhenAskedTo) {
  const Tensor y =
      run_layer(UpSampling2D({.size = {1, 2}, .interpolation = "bilinear"}), Tensor({1, 1, 2, 1}, {1, 3}));
  EXPECT_THAT(y.span(), testing::ElementsAre(1, 1.5F, 2.5F, 3));
}

TEST(UpSampling2D, IsTheSameAfterReadingItBack) {
  const Layer layer = UpSampling2D({.size = {3, 2}, .interpolation = "bilinear"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(UpSampling2D, RefusesSettingsOutOfRange) {
  EXPECT_THROW(UpSampling2D({.size = 0}), Error);
  EXPECT_THROW(UpSampling2D({.interpolation = "lanczos3"}), Error);
  EXPECT_THROW(run_layer(UpSampling2D(), Tensor({1, 2, 2})), Error);
}

}  // namespace
}  // namespace antler::layers
