#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

TEST(Layer, DrawsEachWeightByItsLayersName) {
  const auto kernel_of = [](const std::string& name) {
    const Layer layer = Dense(3, {.name = name});
    build_layer(layer, {2});
    const Tensor kernel = layer.get_weights()[0];
    return std::vector<float>(kernel.span().begin(), kernel.span().end());
  };
  EXPECT_EQ(kernel_of("a"), kernel_of("a"));
  EXPECT_NE(kernel_of("a"), kernel_of("b"));
}

TEST(Layer, IsSharedByItsCopiesButNotByItsClones) {
  Layer layer = Dense(1);
  build_layer(layer, {1});
  const Layer copy = layer;
  const Layer clone = layer.clone();
  layer.set_weights({Tensor({1, 1}, {7}), Tensor({1}, {8})});
  EXPECT_EQ(copy.get_weights()[0][0], 7.0F);
  EXPECT_NE(clone.get_weights()[0][0], 7.0F);
  EXPECT_EQ(config_of(clone), config_of(layer));
}

TEST(Layer, CountsItsParameters) {
  const Layer layer = Dense(3);
  EXPECT_EQ(layer.count_params(), 0);
  build_layer(layer, {2});
  EXPECT_EQ(layer.count_params(), 9);
}

TEST(Layer, RefusesWeightsOfAnotherNumberOrShape) {
  Layer layer = Dense(3, {.name = "d"});
  build_layer(layer, {2});
  EXPECT_THROW(layer.set_weights({Tensor({2, 3})}), Error);
  EXPECT_THROW(layer.set_weights({Tensor({3, 2}), Tensor({3})}), Error);
}

TEST(Layer, TakesTheLessonsOptions) {
  const std::vector<Layer> lesson = {
      Conv2D(32, {.kernel_size = {3, 3}, .strides = {1, 1}, .input_shape = {28, 28, 1}}),
      Activation("relu"),
      BatchNormalization({.axis = 1, .epsilon = 1e-6}),
      MaxPool2D({.pool_size = {2, 2}}),
      ZeroPadding2D({.padding = {1, 1}}),
      Dropout(0.25),
      Flatten(),
      Dense(3168),
      Dense(10, {.activation = "softmax"}),
  };
  EXPECT_EQ(lesson[0].base().batch_input_shape, Shape({Shape::unknown, 28, 28, 1}));
  EXPECT_FALSE(lesson[1].base().batch_input_shape.has_value());
}

TEST(Layer, SaysWhichClassWasAskedForTheImpossible) {
  try {
    Dense(-1);
    FAIL() << "a layer of -1 units was made";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "Dense: units is -1; expected 1 or more");
  }
}

}  // namespace
}  // namespace antler::layers
