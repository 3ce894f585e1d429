#include "antler/layers/depthwise_conv2d.h"

#include <gmock/gmock.h>

#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

TEST(DepthwiseConv2D, TreatsEachChannelByItself) {
  Layer layer = DepthwiseConv2D({.kernel_size = {1, 2}, .depth_multiplier = 2});
  build_layer(layer, {1, 2, 2});
  // (height, width, channels, multiplier): the first column's, then the second's.
  layer.set_weights({Tensor({1, 2, 2, 2}, {1, 10, 2, 20, 3, 30, 4, 40}), Tensor({4}, {0, 0, 0, 0.5F})});
  const Tensor y = run_layer(layer, Tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
  EXPECT_EQ(y.shape(), Shape({1, 1, 1, 4}));
  EXPECT_THAT(y.span(), ElementsAre(10, 100, 20, 200.5F));
}

TEST(SeparableConv2D, MixesTheChannelsAfterwards) {
  Layer layer = SeparableConv2D(1, {.kernel_size = 1, .activation = "relu"});
  build_layer(layer, {1, 2, 2});
  layer.set_weights({Tensor({1, 1, 2, 1}, {2, 3}), Tensor({1, 1, 2, 1}, {1, -1}), Tensor({1}, {0.5F})});
  EXPECT_THAT(run_layer(layer, Tensor({1, 1, 2, 2}, {4, 1, 1, 5})).span(), ElementsAre(5.5F, 0));
}

TEST(DepthwiseConv2D, IsTheSameAfterReadingItBack) {
  const Layer depthwise =
      DepthwiseConv2D({.kernel_size = {3, 2}, .strides = 2, .padding = "same", .depth_multiplier = 2});
  EXPECT_EQ(config_read_back(depthwise), config_of(depthwise));
  const Layer separable = SeparableConv2D(4, {.kernel_size = 3, .activation = "relu", .use_bias = false});
  EXPECT_EQ(config_read_back(separable), config_of(separable));
}

TEST(DepthwiseConv2D, RefusesSettingsOutOfRange) {
  EXPECT_THROW(DepthwiseConv2D({.kernel_size = 0}), Error);
  EXPECT_THROW(DepthwiseConv2D({.kernel_size = 1, .depth_multiplier = 0}), Error);
  EXPECT_THROW(SeparableConv2D(0, {.kernel_size = 1}), Error);
  EXPECT_THROW(SeparableConv2D(1, {.kernel_size = 3, .strides = 2, .dilation_rate = 2}), Error);
}

}  // namespace
}  // namespace antler::layers
