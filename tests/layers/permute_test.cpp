#include "antler/layers/permute.h"

#include <gmock/gmock.h>

#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

TEST(Permute, PutsAxesInAnotherOrder) {
  const Tensor y = run_layer(Permute({2, 1}), Tensor({1, 2, 3}, {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(y.shape(), Shape({1, 3, 2}));
  EXPECT_THAT(y.span(), ElementsAre(1, 4, 2, 5, 3, 6));
  EXPECT_EQ(config_read_back(Permute({2, 3, 1})), R"({"dims": [2, 3, 1]})");
}

TEST(Permute, RefusesDimensionsThatAreNoOrder) {
  EXPECT_THROW(Permute({1, 1}), Error);
  EXPECT_THROW(Permute({0, 1}), Error);
  EXPECT_THROW(run_layer(Permute({2, 1}), Tensor({1, 2, 3, 4})), Error);
}

TEST(RepeatVector, RepeatsEachSample) {
  const Tensor y = run_layer(RepeatVector(3), Tensor({2, 2}, {1, 2, 3, 4}));
  EXPECT_EQ(y.shape(), Shape({2, 3, 2}));
  EXPECT_THAT(y.span(), ElementsAre(1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4));
  EXPECT_EQ(config_read_back(RepeatVector(3)), R"({"n": 3})");
}

TEST(RepeatVector, RefusesWhatItCannotRepeat) {
  EXPECT_THROW(RepeatVector(0), Error);
  EXPECT_THROW(run_layer(RepeatVector(2), Tensor({1, 2, 3})), Error);
}

}  // namespace
}  // namespace antler::layers
