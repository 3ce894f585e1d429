#include "antler/layers/global_pooling.h"

#include <gmock/gmock.h>

#include "tests/layers/run_layer.h"

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
