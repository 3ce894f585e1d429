#include "antler/layers/merging.h"

#include <gmock/gmock.h>

#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

const std::vector<Tensor> two{Tensor({1, 2}, {1, 6}), Tensor({1, 2}, {3, 2})};

TEST(Merging, CombinesElementByElement) {
  EXPECT_THAT(run_layer(Add(), two).span(), ElementsAre(4, 8));
  EXPECT_THAT(run_layer(Subtract(), two).span(), ElementsAre(-2, 4));
  EXPECT_THAT(run_layer(Multiply(), two).span(), ElementsAre(3, 12));
  EXPECT_THAT(run_layer(Average(), two).span(), ElementsAre(2, 4));
  EXPECT_THAT(run_layer(Maximum(), two).span(), ElementsAre(3, 6));
  EXPECT_THAT(run_layer(Minimum(), two).span(), ElementsAre(1, 2));
}

TEST(Merging, GivesAnInputOfLowerRankItsMissingAxes) {
  const Tensor image({1, 2, 1, 2}, {1, 2, 3, 4});
  EXPECT_THAT(run_layer(Add(), {image, Tensor({1, 2}, {10, 20})}).span(), ElementsAre(11, 22, 13, 24));
}

TEST(Merging, HandsOnASingleInput) {
  for (const Layer& layer : {Add(), Multiply(), Average(), Maximum(), Minimum(), Concatenate()})
    EXPECT_THAT(run_layer(layer, std::vector{two[0]}).span(), ElementsAre(1, 6)) << layer.class_name();
}

TEST(Merging, RepeatsExtentsOf1) {
  EXPECT_THAT(run_layer(Multiply(), {Tensor({1, 2, 1}, {2, 3}), Tensor({1, 1, 2}, {1, 10})}).span(),
              ElementsAre(2, 20, 3, 30));
}

TEST(Merging, LaysInputsSideBySide) {
  EXPECT_THAT(run_layer(Concatenate(), two).span(), ElementsAre(1, 6, 3, 2));
  const Tensor rows =
      run_layer(Concatenate({.axis = 1}), {Tensor({1, 1, 2}, {1, 2}), Tensor({1, 2, 2}, {3, 4, 5, 6})});
  EXPECT_EQ(rows.shape(), Shape({1, 3, 2}));
}

TEST(Merging, IsTheSameAfterReadingItBack) {
  for (const Layer& layer :
       {Add(), Subtract(), Multiply(), Average(), Maximum(), Minimum(), Concatenate({.axis = 2})}) {
    EXPECT_EQ(config_read_back(layer), config_of(layer)) << layer.class_name();
  }
}

TEST(Merging, RefusesWhatCannotBeMerged) {
  EXPECT_THROW(run_layer(Subtract(), std::vector{two[0]}), Error);
  EXPECT_THROW(run_layer(Subtract(), {two[0], two[0], two[0]}), Error);
  EXPECT_THROW(run_layer(Add(), {two[0], Tensor({1, 3})}), Error);
  EXPECT_THROW(run_layer(Concatenate({.axis = 1}), {Tensor({1, 1, 2}), Tensor({1, 1, 3})}), Error);
  EXPECT_THROW(Concatenate({.axis = 0}), Error);
}

}  // namespace
}  // namespace antler::layers
