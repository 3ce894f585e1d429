#include "antler/layers/depthwise_conv.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/layers/numbered.h"

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

// Keras 3.15.1's figures.
TEST(DepthwiseConv2D, SlidesItsWindowAsKerasDoes) {
  expect_gives(DepthwiseConv2D({.kernel_size = 2}), numbered({1, 4, 4, 2}),
               Tensor({1, 3, 3, 2}, {16.5F, 22.5F, 10.5F, 12.5F, 4.5F, 2.5F, 14.5F, -28.5F, 8.5F, -5.5F,
                                     -41.5F, 6.5F, 12.5F, -24.5F, 6.5F, -1.5F, -21.5F, 10.5F}));
  expect_gives(DepthwiseConv2D({.kernel_size = 2, .strides = 2, .padding = "same"}), numbered({1, 4, 4, 2}),
               Tensor({1, 2, 2, 2}, {16.5F, 22.5F, 4.5F, 2.5F, 12.5F, -24.5F, -21.5F, 10.5F}));
  expect_gives(DepthwiseConv2D({.kernel_size = 2, .strides = 2, .depth_multiplier = 2}),
               numbered({1, 4, 4, 2}),
               Tensor({1, 2, 2, 4}, {32.5F, -11.5F, -13.5F, -4.5F, -3.5F, -11.5F, 11.5F, 1.5F, 20.5F, -11.5F,
                                     -45.5F, -2.5F, -48.5F, 43.5F, 23.5F, 3.5F}));
  expect_gives(
      DepthwiseConv2D({.kernel_size = 2, .padding = "same", .dilation_rate = 2}), numbered({1, 4, 4, 2}),
      Tensor({1, 4, 4, 2}, {-8.5F,  2.5F,   -0.5F, -6.5F,  14.5F, 17.5F, -2.5F,  8.5F,  -0.5F,  27.5F,  27.5F,
                            -20.5F, -22.5F, 24.5F, -6.5F,  -0.5F, 1.5F,  -22.5F, 25.5F, -16.5F, -24.5F, 6.5F,
                            -10.5F, -1.5F,  -4.5F, -17.5F, 4.5F,  5.5F,  5.5F,   4.5F,  -19.5F, 0.5F}));
}

TEST(DepthwiseConv1D, SlidesItsWindowAsKerasDoes) {
  expect_gives(DepthwiseConv1D({.kernel_size = 3}), numbered({1, 6, 2}),
               Tensor({1, 4, 2}, {25.5F, 40.5F, 7.5F, -2.5F, -21.5F, -12.5F, -17.5F, 32.5F}));
  expect_gives(DepthwiseConv1D({.kernel_size = 3, .strides = 2, .padding = "same"}), numbered({1, 6, 2}),
               Tensor({1, 3, 2}, {25.5F, 40.5F, -21.5F, -12.5F, 17.5F, -16.5F}));
  expect_gives(DepthwiseConv1D({.kernel_size = 3, .depth_multiplier = 2}), numbered({1, 6, 2}),
               Tensor({1, 4, 4}, {14.5F, 1.5F, 17.5F, 30.5F, -9.5F, 7.5F, -23.5F, 30.5F, 10.5F, -19.5F, 1.5F,
                                  -24.5F, -24.5F, 19.5F, 15.5F, 30.5F}));
  expect_gives(DepthwiseConv1D({.kernel_size = 3, .padding = "same", .dilation_rate = 2}),
               numbered({1, 6, 2}),
               Tensor({1, 6, 2},
                      {6.5F, 21.5F, 3.5F, 27.5F, 14.5F, -17.5F, -3.5F, 27.5F, -1.5F, 11.5F, -22.5F, -22.5F}));
}

TEST(DepthwiseConv, TakesStridesAndDilationTogether) {
  expect_gives(DepthwiseConv1D({.kernel_size = 3, .strides = 2, .padding = "same", .dilation_rate = 2}),
               numbered({1, 6, 2}), Tensor({1, 3, 2}, {3.5F, 27.5F, -3.5F, 27.5F, -22.5F, -22.5F}));
  expect_gives(DepthwiseConv2D({.kernel_size = 2, .strides = 2, .padding = "same", .dilation_rate = 2}),
               numbered({1, 4, 4, 2}),
               Tensor({1, 2, 2, 2}, {27.5F, -20.5F, -6.5F, -0.5F, 4.5F, 5.5F, -19.5F, 0.5F}));
}

TEST(DepthwiseConv, HasAKernelAndABias) {
  EXPECT_THAT(weights_of(DepthwiseConv1D({.kernel_size = 3, .depth_multiplier = 2}), {8, 6}),
              ElementsAre("kernel (3, 6, 2)", "bias (12,)"));
  EXPECT_THAT(weights_of(DepthwiseConv2D({.kernel_size = 3, .use_bias = false}), {8, 8, 6}),
              ElementsAre("kernel (3, 3, 6, 1)"));
}

TEST(DepthwiseConv, IsTheSameAfterReadingItBack) {
  const Layer images = DepthwiseConv2D({.kernel_size = {3, 2},
                                        .strides = 2,
                                        .padding = "same",
                                        .depth_multiplier = 2,
                                        .depthwise_regularizer = "l2",
                                        .bias_constraint = "non_neg"});
  EXPECT_EQ(config_read_back(images), config_of(images));
  const Layer sequences = DepthwiseConv1D({.kernel_size = 3, .dilation_rate = 2, .activation = "relu"});
  EXPECT_EQ(config_read_back(sequences), config_of(sequences));
}

TEST(DepthwiseConv, ReadsWhatKeras2Wrote) {
  const Layer layer =
      read_layer("DepthwiseConv1D", R"({"name": "depthwise_conv1d", "trainable": true, "dtype":
      "float32", "kernel_size": [3], "strides": [1], "padding": "valid", "data_format": "channels_last",
      "dilation_rate": [1], "groups": 1, "activation": "linear", "use_bias": true, "kernel_initializer": {"module":
      "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null},
      "bias_initializer": "zeros", "kernel_regularizer": null, "bias_regularizer": null, "activity_regularizer":
      null, "kernel_constraint": null, "bias_constraint": null,
      "depth_multiplier": 1, "depthwise_initializer": {"module": "keras.initializers", "class_name":
      "GlorotUniform", "config": {"seed": null}, "registered_name": null}, "depthwise_regularizer": null,
      "depthwise_constraint": null})");
  EXPECT_EQ(config_of(layer), config_of(DepthwiseConv1D({.kernel_size = 3})));
}

TEST(DepthwiseConv, RefusesSettingsOutOfRange) {
  EXPECT_THROW(DepthwiseConv2D({.kernel_size = 0}), Error);
  EXPECT_THROW(DepthwiseConv1D({.kernel_size = 1, .padding = "causal"}), Error);
  EXPECT_THROW(DepthwiseConv2D({.kernel_size = 1, .depth_multiplier = 0}), Error);
  EXPECT_THROW(build_layer(DepthwiseConv1D({.kernel_size = 1}), {8, 8, 6}), Error);
  EXPECT_THROW(read_layer("DepthwiseConv2D", R"({"kernel_size": 3, "groups": 2})"), Error);
}

}  // namespace
}  // namespace antler::layers
