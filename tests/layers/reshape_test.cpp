#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

TEST(Flatten, PutsAllAxesInOne) {
  EXPECT_EQ(shape_after(Flatten(), {3, 4, 2}), Shape({24}));
  EXPECT_THAT(run_layer(Flatten(), Tensor({1, 2, 2}, {1, 2, 3, 4})).span(), testing::ElementsAre(1, 2, 3, 4));
}

TEST(Flatten, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(Flatten()), R"({"data_format": "channels_last"})");
  EXPECT_EQ(config_read_back(Flatten()), config_of(Flatten()));
  EXPECT_EQ(config_of(read_layer("Flatten", "{}")), config_of(Flatten()));
  EXPECT_THROW(read_layer("Flatten", R"({"data_format": "channels_first"})"), Error);
}

TEST(Reshape, WorksOutOneExtent) {
  EXPECT_EQ(shape_after(Reshape({3, -1}), {4, 6}), Shape({3, 8}));
  EXPECT_EQ(shape_after(Reshape({24}), {4, 6}), Shape({24}));
  EXPECT_THAT(run_layer(Reshape({2, 2}), Tensor({1, 4}, {1, 2, 3, 4})).span(),
              testing::ElementsAre(1, 2, 3, 4));
}

TEST(Reshape, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(Reshape({3, -1})), R"({"target_shape": [3, -1]})");
  EXPECT_EQ(config_read_back(Reshape({3, -1})), config_of(Reshape({3, -1})));
}

TEST(Reshape, RefusesShapesThatDoNotFit) {
  EXPECT_THROW(Reshape({-1, -1}), Error);
  EXPECT_THROW(Reshape({0}), Error);
  EXPECT_THROW(shape_after(Reshape({5, -1}), {4, 6}), Error);
  EXPECT_THROW(shape_after(Reshape({5, 5}), {4, 6}), Error);
  EXPECT_THROW(read_layer("Reshape", R"({"target_shape": [-2, 3]})"), Error);
  EXPECT_THROW(read_layer("Reshape", R"({})"), Error);
  EXPECT_THROW(
      shape_after(read_layer("Reshape", R"({"target_shape": [2147483647, 2147483647, 2147483647, -1]})"),
                  {4}),
      Error);
}

}  // namespace
}  // namespace antler::layers
