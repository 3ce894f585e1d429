#include "antler/layers/global_pooling.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/layers/numbered.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

const Tensor image({1, 2, 2, 2}, {1, 10, 2, 20, 3, 30, 6, 0});

TEST(GlobalPooling, LeavesANumberAChannel) {
  EXPECT_THAT(run_layer(GlobalAveragePooling2D(), image).span(), ElementsAre(3, 15));
  EXPECT_THAT(run_layer(GlobalMaxPooling2D(), image).span(), ElementsAre(6, 30));
  EXPECT_THAT(run_layer(GlobalAveragePooling1D(), image.reshape({1, 4, 2})).span(), ElementsAre(3, 15));
  EXPECT_THAT(run_layer(GlobalMaxPooling1D(), image.reshape({1, 4, 2})).span(), ElementsAre(6, 30));
}

TEST(GlobalPooling, KeepsThePooledAxesWhenAskedTo) {
  EXPECT_EQ(run_layer(GlobalMaxPooling2D({.keepdims = true}), image).shape(), Shape({1, 1, 1, 2}));
  EXPECT_EQ(run_layer(GlobalMaxPooling1D({.keepdims = true}), image.reshape({1, 4, 2})).shape(),
            Shape({1, 1, 2}));
}

// Keras 3.15.1's figures.
TEST(GlobalPooling, GivesKerassFigures) {
  expect_gives(GlobalAveragePooling1D(), numbered({1, 6, 2}), Tensor({1, 2}, {-1.1666666F, 0.33333334F}));
  expect_gives(GlobalAveragePooling1D({.keepdims = true}), numbered({1, 6, 2}),
               Tensor({1, 1, 2}, {-1.1666666F, 0.33333334F}));
  expect_gives(GlobalMaxPooling1D(), numbered({1, 6, 2}), Tensor({1, 2}, {4, 5}));
  expect_gives(GlobalMaxPooling1D({.keepdims = true}), numbered({1, 6, 2}), Tensor({1, 1, 2}, {4, 5}));
  expect_gives(GlobalAveragePooling2D(), numbered({1, 4, 4, 2}), Tensor({1, 2}, {-0.375F, 0.4375F}));
  expect_gives(GlobalAveragePooling2D({.keepdims = true}), numbered({1, 4, 4, 2}),
               Tensor({1, 1, 1, 2}, {-0.375F, 0.4375F}));
  expect_gives(GlobalMaxPooling2D(), numbered({1, 4, 4, 2}), Tensor({1, 2}, {5, 5}));
  expect_gives(GlobalMaxPooling2D({.keepdims = true}), numbered({1, 4, 4, 2}), Tensor({1, 1, 1, 2}, {5, 5}));
}

TEST(GlobalPooling, HasKerassOtherNames) {
  EXPECT_EQ(GlobalAvgPool1D().class_name(), "GlobalAveragePooling1D");
  EXPECT_EQ(GlobalAvgPool2D().class_name(), "GlobalAveragePooling2D");
  EXPECT_EQ(GlobalMaxPool1D().class_name(), "GlobalMaxPooling1D");
  EXPECT_EQ(GlobalMaxPool2D().class_name(), "GlobalMaxPooling2D");
}

TEST(GlobalPooling, IsTheSameAfterReadingItBack) {
  for (const Layer& layer : {GlobalAveragePooling1D(), GlobalAveragePooling2D({.keepdims = true}),
                             GlobalMaxPooling1D(), GlobalMaxPooling2D()}) {
    EXPECT_EQ(config_read_back(layer), config_of(layer)) << layer.class_name();
  }
}

TEST(GlobalPooling, RefusesInputsOfAnotherRank) {
  EXPECT_THROW(run_layer(GlobalMaxPooling2D(), Tensor({1, 4, 2})), Error);
  EXPECT_THROW(run_layer(GlobalMaxPooling1D(), image), Error);
}

}  // namespace
}  // namespace antler::layers
