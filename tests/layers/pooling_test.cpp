#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/numbered.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

Tensor picture() {
  Tensor x({1, 3, 3, 1});
  for (int64_t i = 0; i < x.size(); ++i) x[i] = -static_cast<float>(i + 1);
  return x;
}

TEST(MaxPooling2D, TakesTheMaximumOfEachWindow) {
  EXPECT_THAT(run_layer(MaxPooling2D(), picture()).span(), ElementsAre(-1));
  EXPECT_THAT(run_layer(MaxPool2D({.padding = "same"}), picture()).span(), ElementsAre(-1, -3, -7, -9));
  EXPECT_THAT(run_layer(MaxPool2D({.pool_size = {2, 3}, .strides = 1, .padding = "same"}), picture()).span(),
              ElementsAre(-1, -1, -2, -4, -4, -5, -7, -7, -8));
}

TEST(AveragePooling2D, TakesTheMeanWithoutPadding) {
  EXPECT_THAT(run_layer(AveragePooling2D({.padding = "same"}), picture()).span(),
              ElementsAre(-3, -4.5F, -7.5F, -9));
}

TEST(Pooling2D, WorksOutItsShapes) {
  EXPECT_EQ(shape_after(MaxPooling2D({.pool_size = 3}), {10, 11, 2}), Shape({3, 3, 2}));
  EXPECT_EQ(shape_after(MaxPooling2D({.pool_size = 3, .strides = {2, 1}}), {10, 11, 2}), Shape({4, 9, 2}));
  EXPECT_EQ(shape_after(AveragePooling2D({.pool_size = 3, .padding = "same"}), {10, 11, 2}),
            Shape({4, 4, 2}));
}

TEST(Pooling2D, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(
      config_of(MaxPooling2D({.pool_size = {2, 3}})),
      R"({"pool_size": [2, 3], "padding": "valid", "strides": [2, 3], "data_format": "channels_last"})");
  EXPECT_EQ(MaxPool2D().class_name(), "MaxPooling2D");
  EXPECT_EQ(AveragePooling2D().class_name(), "AveragePooling2D");
}

TEST(Pooling2D, IsTheSameAfterReadingItBack) {
  const Layer most = MaxPooling2D({.pool_size = {2, 3}, .strides = {1, 2}, .padding = "same"});
  const Layer mean = AveragePooling2D({.pool_size = 4});
  EXPECT_EQ(config_read_back(most), config_of(most));
  EXPECT_EQ(config_read_back(mean), config_of(mean));
}

TEST(Pooling2D, StridesAsItsPoolWhereNothingElseIsSaid) {
  const Layer layer = read_layer("MaxPooling2D", R"({"pool_size": [3, 2], "strides": null})");
  EXPECT_EQ(dump_json(layer.base().config()["strides"]), "[3, 2]");
}

TEST(Pooling2D, RefusesSettingsOutOfRange) {
  EXPECT_THROW(MaxPooling2D({.pool_size = 0}), Error);
  EXPECT_THROW(MaxPooling2D({.strides = {1, -1}}), Error);
  EXPECT_THROW(build_layer(MaxPooling2D(), {5, 5}), Error);
  EXPECT_THROW(read_layer("MaxPooling2D", R"({"padding": "causal"})"), Error);
  EXPECT_THROW(read_layer("MaxPooling2D", R"({"pool_size": [2, null]})"), Error);
  EXPECT_THROW(shape_after(MaxPooling2D({.pool_size = 6}), {5, 5, 1}), Error);
}

// Keras 3.15.1's figures.
TEST(MaxPooling1D, TakesTheMaximumOfEachWindow) {
  expect_gives(MaxPooling1D({.pool_size = 2}), numbered({1, 6, 2}), Tensor({1, 3, 2}, {-2, 5, 4, 0, -1, 3}));
  expect_gives(MaxPooling1D({.pool_size = 3, .strides = 1, .padding = "same"}), numbered({1, 6, 2}),
               Tensor({1, 6, 2}, {-2, 5, 1, 5, 4, 5, 4, 3, 4, 3, -1, 3}));
  expect_gives(MaxPooling1D({.pool_size = 2, .strides = 3, .padding = "same"}), numbered({1, 6, 2}),
               Tensor({1, 2, 2}, {-2, 5, 4, 3}));
  expect_gives(MaxPooling1D({.pool_size = 4, .strides = 1}), numbered({1, 6, 2}),
               Tensor({1, 3, 2}, {4, 5, 4, 5, 4, 3}));
}

TEST(AveragePooling1D, TakesTheMeanWithoutPadding) {
  expect_gives(AveragePooling1D({.pool_size = 2}), numbered({1, 6, 2}),
               Tensor({1, 3, 2}, {-3.5F, 3.5F, 2.5F, -1.5F, -2.5F, -1}));
  expect_gives(AveragePooling1D({.pool_size = 3, .strides = 1, .padding = "same"}), numbered({1, 6, 2}),
               Tensor({1, 6, 2}, {-3.5F, 3.5F, -2, 1.3333334F, 1, 0.66666669F, 0.33333334F, 0, -0.33333334F,
                                  -0.66666669F, -2.5F, -1}));
  expect_gives(AveragePooling1D({.pool_size = 2, .strides = 3, .padding = "same"}), numbered({1, 6, 2}),
               Tensor({1, 2, 2}, {-3.5F, 3.5F, 0, 1.5F}));
  expect_gives(AveragePooling1D({.pool_size = 4, .strides = 1}), numbered({1, 6, 2}),
               Tensor({1, 3, 2}, {-0.5F, 1, -0.25F, 1.25F, 0, -1.25F}));
}

TEST(Pooling1D, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(MaxPooling1D({.pool_size = 3})),
            R"({"pool_size": [3], "padding": "valid", "strides": [3], "data_format": "channels_last"})");
  const Layer layer = AveragePooling1D({.pool_size = 3, .strides = 2, .padding = "same"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(Pooling1D, RefusesInputsOfAnotherRank) {
  EXPECT_THROW(build_layer(MaxPooling1D(), {5, 5, 1}), Error);
  EXPECT_THROW(read_layer("MaxPooling1D", R"({"pool_size": [2, 2]})"), Error);
}

TEST(Pooling, HasKerassOtherNames) {
  EXPECT_EQ(MaxPool1D().class_name(), "MaxPooling1D");
  EXPECT_EQ(AvgPool1D().class_name(), "AveragePooling1D");
  EXPECT_EQ(AvgPool2D().class_name(), "AveragePooling2D");
}

}  // namespace
}  // namespace antler::layers
