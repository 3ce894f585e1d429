#include "antler/layers/conv_transpose.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/layers/numbered.h"

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

// Keras 3.15.1's figures.
TEST(Conv2DTranspose, EnlargesByItsOutputPaddingToo) {
  expect_gives(Conv2DTranspose(1, {.kernel_size = 3, .strides = 2, .output_padding = 1}),
               numbered({1, 2, 2, 1}),
               Tensor({1, 6, 6, 1}, {20.5F,  -14.5F, -4.5F, -0.5F,  -8.5F,  -4.5F, -29.5F, -9.5F,  20.5F,
                                     -2.5F,  -10.5F, -4.5F, -14.5F, -8.5F,  2.5F,  5.5F,   -22.5F, -4.5F,
                                     -14.5F, -6.5F,  26.5F, 0.5F,   -19.5F, -4.5F, -12.5F, -4.5F,  23.5F,
                                     -4.5F,  -24.5F, -4.5F, -4.5F,  -4.5F,  -4.5F, -4.5F,  -4.5F,  -4.5F}));
  expect_gives(
      Conv2DTranspose(1, {.kernel_size = 3, .strides = 2, .padding = "same", .output_padding = Pair(1, 0)}),
      numbered({1, 2, 2, 1}),
      Tensor({1, 4, 3, 1},
             {-14.5F, -4.5F, -0.5F, -9.5F, 20.5F, -2.5F, -8.5F, 2.5F, 5.5F, -6.5F, 26.5F, 0.5F}));
  expect_gives(Conv2DTranspose(1, {.kernel_size = 3, .strides = {3, 2}, .padding = "same"}),
               numbered({1, 2, 2, 1}),
               Tensor({1, 6, 4, 1}, {20.5F,  -14.5F, -4.5F, -0.5F, -29.5F, -9.5F, 20.5F,  -2.5F,
                                     -24.5F, -4.5F,  23.5F, -4.5F, 5.5F,   -8.5F, -25.5F, 5.5F,
                                     -14.5F, -6.5F,  26.5F, 0.5F,  -12.5F, -4.5F, 23.5F,  -4.5F}));
}

TEST(Conv1DTranspose, StampsTheKernelAtEachStep) {
  expect_gives(Conv1DTranspose(1, {.kernel_size = 3}), numbered({1, 3, 2}),
               Tensor({1, 5, 1}, {24.5F, 35.5F, 2.5F, -38.5F, 5.5F}));
  expect_gives(Conv1DTranspose(1, {.kernel_size = 2, .strides = 3}), numbered({1, 3, 2}),
               Tensor({1, 9, 1}, {24.5F, 15.5F, -4.5F, 15.5F, 24.5F, -4.5F, -15.5F, -21.5F, -4.5F}));
  expect_gives(Conv1DTranspose(1, {.kernel_size = 3, .strides = 2, .padding = "same"}), numbered({1, 3, 2}),
               Tensor({1, 6, 1}, {24.5F, 15.5F, 4.5F, 24.5F, -32.5F, -21.5F}));
}

TEST(Conv1DTranspose, EnlargesByItsOutputPaddingToo) {
  expect_gives(Conv1DTranspose(1, {.kernel_size = 2, .strides = 3, .output_padding = 1}), numbered({1, 3, 2}),
               Tensor({1, 9, 1}, {24.5F, 15.5F, -4.5F, 15.5F, 24.5F, -4.5F, -15.5F, -21.5F, -4.5F}));
  expect_gives(Conv1DTranspose(1, {.kernel_size = 3, .strides = 3, .padding = "same", .output_padding = 2}),
               numbered({1, 3, 2}),
               Tensor({1, 9, 1}, {24.5F, 15.5F, -15.5F, 15.5F, 24.5F, -21.5F, -15.5F, -21.5F, 5.5F}));
  expect_gives(Conv1DTranspose(1, {.kernel_size = 3, .strides = 3, .padding = "same", .output_padding = 0}),
               numbered({1, 3, 2}), Tensor({1, 7, 1}, {15.5F, -15.5F, 15.5F, 24.5F, -21.5F, -15.5F, -21.5F}));
}

TEST(ConvTranspose, HasAKernelOfFiltersByChannels) {
  EXPECT_THAT(weights_of(Conv1DTranspose(4, {.kernel_size = 3}), {8, 6}),
              testing::ElementsAre("kernel (3, 4, 6)", "bias (4,)"));
  EXPECT_THAT(weights_of(Conv2DTranspose(4, {.kernel_size = 3, .use_bias = false}), {8, 8, 6}),
              testing::ElementsAre("kernel (3, 3, 4, 6)"));
}

TEST(Conv1DTranspose, IsTheSameAfterReadingItBack) {
  const Layer layer = Conv1DTranspose(4, {.kernel_size = 3,
                                          .strides = 2,
                                          .output_padding = 1,
                                          .kernel_regularizer = "l1",
                                          .bias_constraint = "non_neg"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
  EXPECT_EQ(dump_json(layer.base().config()["output_padding"]), "[1]");
}

TEST(ConvTranspose, ReadsWhatKeras2Wrote) {
  const Layer layer =
      read_layer("Conv1DTranspose", R"({"name": "conv1d_transpose", "trainable": true, "dtype":
      "float32", "filters": 4, "kernel_size": [3], "strides": [2], "padding": "valid", "data_format":
      "channels_last", "dilation_rate": [1], "groups": 1, "activation": "linear", "use_bias": true,
      "kernel_initializer": {"module":
      "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null},
      "bias_initializer": "zeros", "kernel_regularizer": null, "bias_regularizer": null, "activity_regularizer":
      null, "kernel_constraint": null, "bias_constraint": null, "output_padding": [1]})");
  EXPECT_EQ(config_of(layer),
            config_of(Conv1DTranspose(4, {.kernel_size = 3, .strides = 2, .output_padding = 1})));
}

TEST(ConvTranspose, HasKerassOtherNames) {
  EXPECT_EQ(Convolution1DTranspose(4, {.kernel_size = 3}).class_name(), "Conv1DTranspose");
  EXPECT_EQ(Convolution2DTranspose(4, {.kernel_size = 3}).class_name(), "Conv2DTranspose");
}

TEST(ConvTranspose, RefusesSettingsOutOfRange) {
  EXPECT_THROW(Conv2DTranspose(0, {.kernel_size = 3}), Error);
  EXPECT_THROW(Conv2DTranspose(1, {.kernel_size = 3, .padding = "causal"}), Error);
  EXPECT_THROW(Conv1DTranspose(1, {.kernel_size = 3, .padding = "causal"}), Error);
  EXPECT_THROW(Conv1DTranspose(1, {.kernel_size = 3, .strides = 2, .dilation_rate = 2}), Error);
  EXPECT_THROW(Conv1DTranspose(1, {.kernel_size = 3, .strides = 2, .output_padding = 2}), Error);
  EXPECT_THROW(Conv2DTranspose(1, {.kernel_size = 3, .strides = 2, .output_padding = -1}), Error);
  EXPECT_THROW(read_layer("Conv2DTranspose", R"({"filters": 2, "kernel_size": 3, "output_padding": 1})"),
               Error);
  EXPECT_THROW(read_layer("Conv2DTranspose", R"({"filters": 2, "kernel_size": 3, "groups": 2})"), Error);
}

// Keras's own error there: a "same" convolution of 6 steps with strides of 3 has 2, not 3.
TEST(ConvTranspose, RefusesAnOutputThatNoConvolutionLeadsBackFrom) {
  const Layer layer =
      Conv1DTranspose(1, {.kernel_size = 2, .strides = 3, .padding = "same", .output_padding = 0});
  EXPECT_THROW(run_layer(layer, numbered({1, 3, 2})), Error);
}

}  // namespace
}  // namespace antler::layers
