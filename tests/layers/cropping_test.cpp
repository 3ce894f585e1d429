#include "antler/layers/cropping.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/layers/numbered.h"

namespace antler::layers {
namespace {

// Keras 3.15.1's figures.
TEST(Cropping1D, CutsOffInFrontAndBehind) {
  expect_gives(Cropping1D({.cropping = {1, 2}}), numbered({1, 6, 2}),
               Tensor({1, 3, 2}, {-2, 5, 1, -3, 4, 0}));
}

TEST(Cropping2D, CutsOffEachSide) {
  expect_gives(Cropping2D({.cropping = {{1, 0}, {2, 1}}}), numbered({1, 4, 4, 2}),
               Tensor({1, 3, 1, 2}, {2, -2, 3, -1, 4, 0}));
  expect_gives(Cropping2D({.cropping = {1, 0}}), numbered({1, 4, 4, 2}),
               Tensor({1, 2, 4, 2}, {-4, 3, -1, -5, 2, -2, 5, 1, -3, 4, 0, -4, 3, -1, -5, 2}));
}

TEST(Cropping, HasKerassDefaults) {
  EXPECT_EQ(shape_after(Cropping1D(), {5, 2}), Shape({3, 2}));
  EXPECT_EQ(shape_after(Cropping2D(), {5, 6, 2}), Shape({5, 6, 2}));
  EXPECT_EQ(shape_after(Cropping2D({.cropping = 1}), {5, 6, 2}), Shape({3, 4, 2}));
}

TEST(Cropping, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(Cropping1D()), R"({"cropping": [1, 1]})");
  EXPECT_EQ(config_of(Cropping2D({.cropping = {{1, 2}, {3, 4}}})),
            R"({"cropping": [[1, 2], [3, 4]], "data_format": "channels_last"})");
  const Layer layer = Cropping2D({.cropping = {1, 2}});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(Cropping, RefusesWhatLeavesNothing) {
  EXPECT_THROW(Cropping1D({.cropping = -1}), Error);
  EXPECT_THROW(shape_after(Cropping1D({.cropping = {2, 3}}), {5, 2}), Error);
  EXPECT_THROW(shape_after(Cropping2D({.cropping = {0, 3}}), {5, 6, 2}), Error);
  EXPECT_THROW(build_layer(Cropping2D(), {5, 6}), Error);
}

}  // namespace
}  // namespace antler::layers
