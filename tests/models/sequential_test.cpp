#include "antler/models/sequential.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"

namespace antler {
namespace {

TEST(Sequential, NamesLayersAsKerasDoes) {
  Sequential model;
  model.add(layers::Conv2D(2, {.kernel_size = 3, .input_shape = Shape{8, 8, 1}}));
  model.add(layers::MaxPool2D());
  model.add(layers::Conv2D(2, {.kernel_size = 2}));
  model.add(layers::PReLU());
  model.add(layers::Dense(3, {.name = "mine"}));
  std::vector<std::string> names;
  for (const layers::Layer& layer : model.layers()) names.push_back(layer.name());
  EXPECT_THAT(names, testing::ElementsAre("conv2d", "max_pooling2d", "conv2d_1", "p_re_lu", "mine"));
}

TEST(Sequential, KnowsItsShapes) {
  Sequential model;
  model.add(layers::Conv2D(5, {.kernel_size = 3, .input_shape = Shape{8, 9, 1}}));
  model.add(layers::Flatten());
  EXPECT_EQ(model.input_shape(), Shape({Shape::unknown, 8, 9, 1}));
  EXPECT_EQ(model.output_shape(), Shape({Shape::unknown, 6 * 7 * 5}));
  EXPECT_EQ(model.count_params(), 3 * 3 * 5 + 5);
}

TEST(Sequential, LearnsItsInputShapeFromTheFirstData) {
  Sequential model({layers::Dense(3), layers::Dense(2)});
  EXPECT_THROW(model.input_shape(), Error);
  EXPECT_EQ(model.predict(Tensor({4, 5})).shape(), Shape({4, 2}));
  EXPECT_EQ(model.count_params(), 5 * 3 + 3 + 3 * 2 + 2);
}

TEST(Sequential, SaysWhichLayerCannotTakeItsInput) {
  Sequential model({layers::Input({4, 4, 1})});
  try {
    model.add(layers::Conv2D(1, {.kernel_size = 5, .name = "wide"}));
    FAIL() << "a kernel larger than the image was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("layer 'wide' (Conv2D)"));
  }
}

TEST(Sequential, RefusesTwoLayersOfOneName) {
  Sequential model({layers::Input({4})});
  model.add(layers::Dense(1, {.name = "same"}));
  EXPECT_THROW(model.add(layers::Dense(1, {.name = "same"})), Error);
}

TEST(Sequential, TakesItsLastLayerOffAgain) {
  Sequential model({layers::Input({4}), layers::Dense(3), layers::Dense(2)});
  model.pop();
  EXPECT_EQ(model.output_shape(), Shape({Shape::unknown, 3}));
  EXPECT_THROW(Sequential().pop(), Error);
}

}  // namespace
}  // namespace antler
