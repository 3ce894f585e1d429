#include "antler/layers/separable_conv.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/layers/numbered.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

TEST(SeparableConv2D, MixesTheChannelsAfterwards) {
  Layer layer = SeparableConv2D(1, {.kernel_size = 1, .activation = "relu"});
  build_layer(layer, {1, 2, 2});
  layer.set_weights({Tensor({1, 1, 2, 1}, {2, 3}), Tensor({1, 1, 2, 1}, {1, -1}), Tensor({1}, {0.5F})});
  EXPECT_THAT(run_layer(layer, Tensor({1, 1, 2, 2}, {4, 1, 1, 5})).span(), ElementsAre(5.5F, 0));
}

// Keras 3.15.1's figures.
TEST(SeparableConv2D, SlidesItsWindowAsKerasDoes) {
  expect_gives(SeparableConv2D(1, {.kernel_size = 2}), numbered({1, 4, 4, 2}),
               Tensor({1, 3, 3, 1}, {-49, -47, -45, -167.5F, -83, 172, -148.5F, -64, 92}));
  expect_gives(SeparableConv2D(1, {.kernel_size = 2, .strides = 2, .padding = "same", .depth_multiplier = 2}),
               numbered({1, 4, 4, 2}), Tensor({1, 2, 2, 1}, {-243, -85.5F, -130, 247.5F}));
  expect_gives(SeparableConv2D(1, {.kernel_size = 2, .strides = 2, .padding = "same", .dilation_rate = 2}),
               numbered({1, 4, 4, 2}), Tensor({1, 2, 2, 1}, {-206, -3, -37.5F, 58}));
}

TEST(SeparableConv1D, SlidesItsWindowAsKerasDoes) {
  expect_gives(SeparableConv1D(2, {.kernel_size = 3}), numbered({1, 6, 2}),
               Tensor({1, 4, 2}, {-196.5F, 286.5F, -51, 5, 94.5F, -122.5F, 9, 135}));
  expect_gives(SeparableConv1D(2, {.kernel_size = 3, .strides = 2, .padding = "same", .depth_multiplier = 2}),
               numbered({1, 6, 2}), Tensor({1, 3, 2}, {52.5F, 9.5F, -169.5F, -103.5F, -54, 95}));
  expect_gives(
      SeparableConv1D(2, {.kernel_size = 3, .padding = "same", .dilation_rate = 2}), numbered({1, 6, 2}),
      Tensor({1, 6, 2}, {-82.5F, 134.5F, -78, 160, -60, -60, -46.5F, 142.5F, -31.5F, 59.5F, 114, -180}));
}

// TF-Keras 2.21's figures: Keras 3 has no causal SeparableConv1D.
TEST(SeparableConv1D, SeesNothingOfTheFutureWhenCausal) {
  expect_gives(SeparableConv1D(2, {.kernel_size = 3, .padding = "causal"}), numbered({1, 6, 2}),
               Tensor({1, 6, 2}, {27, -43, -33, -5, -196.5F, 286.5F, -51, 5, 94.5F, -122.5F, 9, 135}));
}

TEST(SeparableConv, HasTwoKernelsAndABias) {
  EXPECT_THAT(weights_of(SeparableConv1D(4, {.kernel_size = 3, .depth_multiplier = 2}), {8, 6}),
              ElementsAre("depthwise_kernel (3, 6, 2)", "pointwise_kernel (1, 12, 4)", "bias (4,)"));
  EXPECT_THAT(weights_of(SeparableConv2D(4, {.kernel_size = 3}), {8, 8, 6}),
              ElementsAre("depthwise_kernel (3, 3, 6, 1)", "pointwise_kernel (1, 1, 6, 4)", "bias (4,)"));
}

TEST(SeparableConv, IsTheSameAfterReadingItBack) {
  const Layer images = SeparableConv2D(4, {.kernel_size = 3, .activation = "relu", .use_bias = false});
  EXPECT_EQ(config_read_back(images), config_of(images));
  const Layer sequences = SeparableConv1D(4, {.kernel_size = 3,
                                              .padding = "same",
                                              .depth_multiplier = 2,
                                              .pointwise_regularizer = "l1",
                                              .depthwise_constraint = "unit_norm"});
  EXPECT_EQ(config_read_back(sequences), config_of(sequences));
}

TEST(SeparableConv, ReadsWhatKeras2Wrote) {
  const Layer layer =
      read_layer("SeparableConv1D", R"({"name": "separable_conv1d", "trainable": true, "dtype":
      "float32", "filters": 2, "kernel_size": [3], "strides": [1], "padding": "causal", "data_format":
      "channels_last", "dilation_rate": [1], "groups": 1, "activation": "linear", "use_bias": true,
      "kernel_initializer": {"module":
      "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null},
      "bias_initializer": "zeros", "kernel_regularizer": null, "bias_regularizer": null, "activity_regularizer":
      null, "kernel_constraint": null, "bias_constraint": null, "depth_multiplier": 1, "depthwise_initializer": {"module": "keras.initializers", "class_name":
      "GlorotUniform", "config": {"seed": null}, "registered_name": null}, "depthwise_regularizer": null,
      "depthwise_constraint": null,
      "pointwise_initializer": "glorot_uniform", "pointwise_regularizer": null, "pointwise_constraint": null})");
  EXPECT_EQ(config_of(layer), config_of(SeparableConv1D(2, {.kernel_size = 3, .padding = "causal"})));
}

TEST(SeparableConv, HasKerassOtherNames) {
  EXPECT_EQ(SeparableConvolution1D(4, {.kernel_size = 3}).class_name(), "SeparableConv1D");
  EXPECT_EQ(SeparableConvolution2D(4, {.kernel_size = 3}).class_name(), "SeparableConv2D");
}

TEST(SeparableConv, RefusesSettingsOutOfRange) {
  EXPECT_THROW(SeparableConv2D(0, {.kernel_size = 1}), Error);
  EXPECT_THROW(SeparableConv2D(1, {.kernel_size = 1, .depth_multiplier = 0}), Error);
  EXPECT_THROW(SeparableConv2D(1, {.kernel_size = 1, .padding = "causal"}), Error);
  EXPECT_THROW(build_layer(SeparableConv2D(1, {.kernel_size = 1}), {8, 6}), Error);
}

}  // namespace
}  // namespace antler::layers
