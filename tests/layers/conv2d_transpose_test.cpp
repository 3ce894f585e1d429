#include "antler/layers/conv2d_transpose.h"

#include <gmock/gmock.h>

#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

TEST(Conv2DTranspose, EnlargesAsKerasDoes) {
  const auto shape = [](const Conv2DTransposeOptions& options) {
    return shape_after(Conv2DTranspose(2, options), {4, 5, 3});
  };
  EXPECT_EQ(shape({.kernel_size = 3}), Shape({6, 7, 2}));
  EXPECT_EQ(shape({.kernel_size = 3, .strides = 2}), Shape({9, 11, 2}));
  EXPECT_EQ(shape({.kernel_size = 3, .strides = 2, .padding = "same"}), Shape({8, 10, 2}));
  EXPECT_EQ(shape({.kernel_size = 2, .strides = 3}), Shape({12, 15, 2}));
}

TEST(Conv2DTranspose, StampsTheKernelAtEachPixel) {
  Layer layer = Conv2DTranspose(1, {.kernel_size = {1, 2}, .strides = {1, 2}});
  build_layer(layer, {1, 2, 1});
  layer.set_weights({Tensor({1, 2, 1, 1}, {1, 2}), Tensor({1}, {0.5F})});
  EXPECT_THAT(run_layer(layer, Tensor({1, 1, 2, 1}, {3, 4})).span(),
              testing::ElementsAre(3.5F, 6.5F, 4.5F, 8.5F));
}

TEST(Conv2DTranspose, IsTheSameAfterReadingItBack) {
  const Layer layer =
      Conv2DTranspose(4, {.kernel_size = {3, 2}, .strides = 2, .padding = "same", .activation = "relu"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(Conv2DTranspose, RefusesSettingsOutOfRange) {
  EXPECT_THROW(Conv2DTranspose(0, {.kernel_size = 3}), Error);
  EXPECT_THROW(Conv2DTranspose(1, {.kernel_size = 3, .padding = "causal"}), Error);
  EXPECT_THROW(read_layer("Conv2DTranspose", R"({"filters": 2, "kernel_size": 3, "output_padding": 1})"),
               Error);
}

}  // namespace
}  // namespace antler::layers
