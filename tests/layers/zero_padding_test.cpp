#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/numbered.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

TEST(ZeroPadding2D, PutsZerosOnEachSide) {
  const Layer layer = ZeroPadding2D({.padding = {{1, 0}, {0, 2}}});
  const Tensor y = run_layer(layer, Tensor({1, 1, 2, 1}, {3, 4}));
  EXPECT_EQ(y.shape(), Shape({1, 2, 4, 1}));
  EXPECT_THAT(y.span(), ElementsAre(0, 0, 0, 0, 3, 4, 0, 0));
}

TEST(ZeroPadding2D, TakesOneNumberAndTwo) {
  EXPECT_EQ(shape_after(ZeroPadding2D(), {5, 6, 2}), Shape({7, 8, 2}));
  EXPECT_EQ(shape_after(ZeroPadding2D({.padding = 2}), {5, 6, 2}), Shape({9, 10, 2}));
  EXPECT_EQ(shape_after(ZeroPadding2D({.padding = {1, 2}}), {5, 6, 2}), Shape({7, 10, 2}));
}

TEST(ZeroPadding2D, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(ZeroPadding2D({.padding = {{1, 2}, {3, 4}}})),
            R"({"padding": [[1, 2], [3, 4]], "data_format": "channels_last"})");
  const Layer layer = ZeroPadding2D({.padding = {{1, 2}, {3, 4}}});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(ZeroPadding2D, ReadsAllThreeWaysToSayIt) {
  const auto read = [](const std::string& config) { return config_of(read_layer("ZeroPadding2D", config)); };
  EXPECT_EQ(read(R"({"padding": 2})"), config_of(ZeroPadding2D({.padding = 2})));
  EXPECT_EQ(read(R"({"padding": [1, 2]})"), config_of(ZeroPadding2D({.padding = {1, 2}})));
  EXPECT_EQ(read("{}"), config_of(ZeroPadding2D()));
}

TEST(ZeroPadding2D, RefusesWhatIsNoPadding) {
  EXPECT_THROW(ZeroPadding2D({.padding = -1}), Error);
  EXPECT_THROW(read_layer("ZeroPadding2D", R"({"padding": [1]})"), Error);
  EXPECT_THROW(read_layer("ZeroPadding2D", R"({"padding": [[1, 2], null]})"), Error);
  EXPECT_THROW(read_layer("ZeroPadding2D", R"({"padding": [[1, 2, 3], 4]})"), Error);
  EXPECT_THROW(read_layer("ZeroPadding2D", R"({"padding": "same"})"), Error);
  EXPECT_THROW(build_layer(ZeroPadding2D(), {4}), Error);
}

TEST(ZeroPadding1D, PutsZerosInFrontAndBehind) {
  expect_gives(ZeroPadding1D({.padding = {1, 2}}), numbered({1, 2, 2}),
               Tensor({1, 5, 2}, {0, 0, -5, 2, -2, 5, 0, 0, 0, 0}));
  EXPECT_EQ(shape_after(ZeroPadding1D(), {5, 2}), Shape({7, 2}));
}

TEST(ZeroPadding1D, IsWrittenAsKerasWritesIt) {
  const Layer layer = ZeroPadding1D({.padding = {1, 2}});
  EXPECT_EQ(config_of(layer), R"({"padding": [1, 2], "data_format": "channels_last"})");
  EXPECT_EQ(config_read_back(layer), config_of(layer));
  EXPECT_EQ(config_of(read_layer("ZeroPadding1D", R"({"padding": 2})")),
            config_of(ZeroPadding1D({.padding = 2})));
}

TEST(ZeroPadding1D, RefusesWhatIsNoPadding) {
  EXPECT_THROW(ZeroPadding1D({.padding = {0, -1}}), Error);
  EXPECT_THROW(read_layer("ZeroPadding1D", R"({"padding": [1, 2, 3]})"), Error);
  EXPECT_THROW(build_layer(ZeroPadding1D(), {4, 4, 1}), Error);
}

}  // namespace
}  // namespace antler::layers
