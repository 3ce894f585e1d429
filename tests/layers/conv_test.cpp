#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/numbered.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

// Pictures of two channels, as many kernel values, and what Keras 3.15.1 makes of them.
Tensor picture() {
  Tensor x({1, 3, 3, 2});
  for (int64_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i + 1);
  return x;
}

Tensor convolved(const Conv2DOptions& options) {
  Layer layer = Conv2D(1, options);
  build_layer(layer, {3, 3, 2});
  layer.set_weights({Tensor({2, 2, 2, 1}, {-3, -2, -1, 0, 1, 2, 3, 4}), Tensor({1}, {0.5F})});
  return run_layer(layer, picture());
}

TEST(Conv2D, PadsSameAsTensorFlowDoes) {
  EXPECT_THAT(convolved({.kernel_size = 2, .padding = "same"}).span(),
              ElementsAre(80.5F, 88.5F, 8.5F, 104.5F, 112.5F, -3.5F, -81.5F, -93.5F, -86.5F));
  EXPECT_THAT(convolved({.kernel_size = 2, .strides = 2, .padding = "same"}).span(),
              ElementsAre(80.5F, 8.5F, -81.5F, -86.5F));
}

TEST(Conv2D, DilatesItsKernel) {
  EXPECT_THAT(convolved({.kernel_size = 2, .dilation_rate = 2}).span(), ElementsAre(152.5F));
}

TEST(Conv2D, KeepsGroupsApart) {
  Layer layer = Conv2D(2, {.kernel_size = 2, .groups = 2});
  build_layer(layer, {3, 3, 2});
  layer.set_weights({Tensor({2, 2, 1, 2}, {0, 1, 2, 3, 4, 5, 6, 7}), Tensor({2}, {0, 1})});
  EXPECT_THAT(run_layer(layer, picture()).span(), ElementsAre(88, 125, 112, 157, 160, 221, 184, 253));
}

TEST(Conv2D, AppliesItsActivation) {
  const Tensor y = convolved({.kernel_size = 2, .padding = "same", .activation = "relu"});
  EXPECT_THAT(y.span(), ElementsAre(80.5F, 88.5F, 8.5F, 104.5F, 112.5F, 0, 0, 0, 0));
}

TEST(Conv2D, WorksOutItsShapes) {
  EXPECT_EQ(shape_after(Conv2D(4, {.kernel_size = {3, 2}}), {8, 9, 1}), Shape({6, 8, 4}));
  EXPECT_EQ(shape_after(Conv2D(4, {.kernel_size = 3, .strides = {2, 3}, .padding = "same"}), {8, 9, 1}),
            Shape({4, 3, 4}));
  EXPECT_EQ(shape_after(Conv2D(4, {.kernel_size = 3, .strides = 2}), {8, 9, 1}), Shape({3, 4, 4}));
}

TEST(Conv2D, HasAKernelAndABias) {
  const Layer layer = Conv2D(4, {.kernel_size = {3, 2}});
  build_layer(layer, {8, 9, 5});
  EXPECT_EQ(layer.base().weights[0].name, "kernel");
  EXPECT_EQ(layer.base().weights[0].value.shape(), Shape({3, 2, 5, 4}));
  EXPECT_EQ(layer.base().weights[1].name, "bias");
  EXPECT_EQ(layer.base().weights[1].value.shape(), Shape({4}));
}

TEST(Conv2D, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(
      config_of(Conv2D(32, {.kernel_size = 3})),
      R"({"filters": 32, "kernel_size": [3, 3], "strides": [1, 1], "padding": "valid", "data_format": "channels_last", )"
      R"("dilation_rate": [1, 1], "groups": 1, "activation": "linear", "use_bias": true, "kernel_initializer": )"
      R"({"module": "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null}, )"
      R"("bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": null}, )"
      R"("kernel_regularizer": null, "bias_regularizer": null, "kernel_constraint": null, )"
      R"("bias_constraint": null})");
}

TEST(Conv2D, IsTheSameAfterReadingItBack) {
  const Layer layer = Conv2D(6, {.kernel_size = {3, 2},
                                 .strides = {2, 1},
                                 .padding = "SAME",
                                 .groups = 3,
                                 .activation = "tanh",
                                 .use_bias = false,
                                 .kernel_initializer = "he_normal"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(Conv2D, ReadsWhatKeras2Wrote) {
  const Layer layer = read_layer("Conv2D", R"({"name": "conv2d_1", "trainable": false, "dtype": "float32",
      "batch_input_shape": [null, 28, 28, 1], "filters": 32, "kernel_size": [3, 3], "strides": [1, 1],
      "padding": "valid", "data_format": "channels_last", "dilation_rate": [1, 1], "activation": "linear",
      "use_bias": true, "kernel_initializer": {"class_name": "VarianceScaling", "config": {"scale": 1.0,
      "mode": "fan_avg", "distribution": "uniform", "seed": null}}, "bias_initializer": "zeros",
      "kernel_regularizer": null, "activity_regularizer": null})");
  EXPECT_EQ(layer.name(), "conv2d_1");
  EXPECT_FALSE(layer.trainable());
  EXPECT_EQ(layer.base().batch_input_shape, Shape({Shape::unknown, 28, 28, 1}));
  EXPECT_EQ(layer.base().config()["kernel_initializer"]["class_name"], "VarianceScaling");
}

TEST(Conv2D, RefusesSettingsOutOfRange) {
  EXPECT_THROW(Conv2D(0, {.kernel_size = 3}), Error);
  EXPECT_THROW(Conv2D(4, {.kernel_size = {3, 0}}), Error);
  EXPECT_THROW(Conv2D(4, {.kernel_size = 3, .strides = 0}), Error);
  EXPECT_THROW(Conv2D(4, {.kernel_size = 3, .padding = "full"}), Error);
  EXPECT_THROW(Conv2D(4, {.kernel_size = 3, .strides = 2, .dilation_rate = 2}), Error);
  EXPECT_THROW(Conv2D(4, {.kernel_size = 3, .groups = 3}), Error);
  EXPECT_THROW(Conv2D(4, {.kernel_size = 3, .activation = "rilu"}), Error);
}

TEST(Conv2D, RefusesInputsThatDoNotFit) {
  EXPECT_THROW(build_layer(Conv2D(4, {.kernel_size = 3}), {9}), Error);
  EXPECT_THROW(build_layer(Conv2D(4, {.kernel_size = 3, .groups = 2}), {8, 8, 3}), Error);
  EXPECT_THROW(shape_after(Conv2D(4, {.kernel_size = 9}), {8, 8, 3}), Error);
}

TEST(Conv2D, RefusesConfigsThatAskForTooMuch) {
  EXPECT_THROW(read_layer("Conv2D", R"({"filters": -1, "kernel_size": 3})"), Error);
  EXPECT_THROW(read_layer("Conv2D", R"({"filters": 1e3, "kernel_size": 3})"), Error);
  EXPECT_THROW(read_layer("Conv2D", R"({"filters": 18446744073709551615, "kernel_size": 3})"), Error);
  EXPECT_THROW(read_layer("Conv2D", R"({"filters": 4})"), Error);
  EXPECT_THROW(read_layer("Conv2D", R"({"filters": 4, "kernel_size": [3, 3, 3]})"), Error);
  EXPECT_THROW(read_layer("Conv2D", R"({"filters": 4, "kernel_size": 3, "data_format": "channels_first"})"),
               Error);
  const Layer huge = read_layer("Conv2D", R"({"filters": 2147483647, "kernel_size": 2147483647})");
  EXPECT_THROW(build_layer(huge, {8, 8, 1}), Error);
}

// Keras 3.15.1's figures.
TEST(Conv2D, SlidesItsWindowAsKerasDoes) {
  expect_gives(Conv2D(1, {.kernel_size = {2, 3}, .strides = {2, 1}, .padding = "same"}),
               numbered({1, 4, 4, 2}),
               Tensor({1, 2, 4, 1}, {49.5F, 44.5F, -25.5F, -32.5F, 70.5F, -20.5F, -57.5F, 39.5F}));
}

TEST(Conv1D, SlidesItsWindowAsKerasDoes) {
  expect_gives(Conv1D(2, {.kernel_size = 3}), numbered({1, 6, 2}),
               Tensor({1, 4, 2}, {33.5F, 26.5F, -31.5F, 32.5F, 13.5F, -49.5F, -7.5F, 44.5F}));
  expect_gives(Conv1D(2, {.kernel_size = 3, .strides = 2, .padding = "same"}), numbered({1, 6, 2}),
               Tensor({1, 3, 2}, {33.5F, 26.5F, 13.5F, -49.5F, -11.5F, 12.5F}));
}

TEST(Conv1D, SeesNothingOfTheFutureWhenCausal) {
  expect_gives(Conv1D(2, {.kernel_size = 3, .padding = "causal"}), numbered({1, 6, 2}),
               Tensor({1, 6, 2}, {13.5F, -22.5F, 1.5F, -13.5F, 33.5F, 26.5F, -31.5F, 32.5F, 13.5F, -49.5F,
                                  -7.5F, 44.5F}));
  expect_gives(Conv1D(2, {.kernel_size = 3, .padding = "causal", .dilation_rate = 2}), numbered({1, 6, 2}),
               Tensor({1, 6, 2}, {13.5F, -22.5F, -1.5F, -28.5F, -2.5F, 35.5F, -2.5F, 20.5F, 18.5F, -27.5F,
                                  8.5F, 33.5F}));
  expect_gives(Conv1D(2, {.kernel_size = 3, .strides = 2, .padding = "causal"}), numbered({1, 6, 2}),
               Tensor({1, 3, 2}, {13.5F, -22.5F, 33.5F, 26.5F, 13.5F, -49.5F}));
}

TEST(Conv1D, KeepsGroupsApart) {
  expect_gives(Conv1D(2, {.kernel_size = 3, .groups = 2}), numbered({1, 6, 2}),
               Tensor({1, 4, 2}, {25.5F, 40.5F, 7.5F, -2.5F, -21.5F, -12.5F, -17.5F, 32.5F}));
}

TEST(Conv1D, AppliesItsActivation) {
  expect_gives(Conv1D(1, {.kernel_size = 1, .activation = "relu"}), Tensor({1, 2, 1}, {-1, 1}),
               Tensor({1, 2, 1}, {0.5F, 0}));
}

TEST(Conv1D, HasAKernelAndABias) {
  EXPECT_THAT(weights_of(Conv1D(4, {.kernel_size = 3, .groups = 2}), {8, 6}),
              ElementsAre("kernel (3, 3, 4)", "bias (4,)"));
  EXPECT_THAT(weights_of(Conv1D(4, {.kernel_size = 3, .use_bias = false}), {8, 6}),
              ElementsAre("kernel (3, 6, 4)"));
}

TEST(Conv1D, IsWrittenAsKerasWritesIt) {
  const Json config = Conv1D(4, {.kernel_size = 3, .padding = "causal"}).base().config();
  EXPECT_EQ(dump_json(config["kernel_size"]), "[3]");
  EXPECT_EQ(dump_json(config["strides"]), "[1]");
  EXPECT_EQ(dump_json(config["dilation_rate"]), "[1]");
  EXPECT_EQ(config["padding"], "causal");
}

TEST(Conv1D, IsTheSameAfterReadingItBack) {
  const Layer layer = Conv1D(4, {.kernel_size = 3,
                                 .strides = 2,
                                 .padding = "causal",
                                 .activation = "tanh",
                                 .kernel_regularizer = "l2",
                                 .bias_constraint = "non_neg"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(Conv1D, ReadsWhatKeras2Wrote) {
  const Layer layer = read_layer("Conv1D", R"({"name": "conv1d", "trainable": true, "dtype": "float32",
      "filters": 4, "kernel_size": [3], "strides": [1], "padding": "causal", "data_format": "channels_last",
      "dilation_rate": [1], "groups": 1, "activation": "linear", "use_bias": true, "kernel_initializer": {"module":
      "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null},
      "bias_initializer": "zeros", "kernel_regularizer": null, "bias_regularizer": null, "activity_regularizer":
      null, "kernel_constraint": null, "bias_constraint": null})");
  EXPECT_EQ(config_of(layer), config_of(Conv1D(4, {.kernel_size = 3, .padding = "causal"})));
}

TEST(Conv, KeepsRegularizersAndConstraintsWithItsWeights) {
  const Layer layer = Conv2D(2, {.kernel_size = 1,
                                 .kernel_regularizer = "l2",
                                 .activity_regularizer = "l1",
                                 .bias_constraint = "non_neg"});
  build_layer(layer, {2, 2, 1});
  const std::vector<Weight>& weights = layer.base().weights;
  EXPECT_TRUE(weights[0].regularizer && !weights[0].constraint);
  EXPECT_TRUE(!weights[1].regularizer && weights[1].constraint);
  EXPECT_TRUE(layer.base().activity_regularizer);
}

TEST(Conv, HasKerassOtherNames) {
  EXPECT_EQ(Convolution1D(4, {.kernel_size = 3}).class_name(), "Conv1D");
  EXPECT_EQ(Convolution2D(4, {.kernel_size = 3}).class_name(), "Conv2D");
}

TEST(Conv, IsCausalForSequencesAlone) {
  EXPECT_THROW(Conv2D(4, {.kernel_size = 3, .padding = "causal"}), Error);
  EXPECT_THROW(build_layer(Conv1D(4, {.kernel_size = 3}), {8, 8, 1}), Error);
  EXPECT_THROW(read_layer("Conv1D", R"({"filters": 4, "kernel_size": [3, 3]})"), Error);
  EXPECT_THROW(Conv1D(4, {.kernel_size = 3, .strides = 2, .dilation_rate = 2}), Error);
}

}  // namespace
}  // namespace antler::layers
