#include "antler/models/keras_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "antler/core/error.h"

namespace antler {
namespace {

using ::testing::ElementsAre;

TEST(KerasOrder, OfAChainIsTheChain) {
  EXPECT_THAT(keras_order({{2, {1}}, {1, {2}}, {0, {}}}, {2}, {0}), ElementsAre(2, 1, 0));
}

TEST(KerasOrder, GoesByTheLongestWayToAnOutput) {
  // input -> short -> add; input -> first -> second -> add
  const std::vector<Application> applications = {{0, {}}, {1, {0}}, {2, {0}}, {3, {2}}, {4, {1, 3}}};
  EXPECT_THAT(keras_order(applications, {0}, {4}), ElementsAre(0, 2, 1, 3, 4));
}

TEST(KerasOrder, BreaksTiesByTheWalkFromTheOutputs) {
  // Two branches into one layer that takes the second first.
  const std::vector<Application> applications = {{0, {}}, {1, {0}}, {2, {0}}, {3, {2, 1}}};
  EXPECT_THAT(keras_order(applications, {0}, {3}), ElementsAre(0, 2, 1, 3));
}

TEST(KerasOrder, TakesALayerAppliedTwiceAtItsDeepest) {
  // input -> shared -> middle -> shared
  const std::vector<Application> applications = {{0, {}}, {1, {0}}, {2, {1}}, {1, {2}}};
  EXPECT_THAT(keras_order(applications, {0}, {3}), ElementsAre(0, 1, 2, 3));
}

TEST(KerasOrder, LeavesOutWhatNoOutputNeedsButKeepsInputs) {
  const std::vector<Application> applications = {{0, {}}, {1, {0}}, {2, {0}}, {3, {}}};
  EXPECT_THAT(keras_order(applications, {0, 3}, {1}), ::testing::UnorderedElementsAre(0, 1, 3));
}

TEST(KerasOrder, RefusesACircle) {
  EXPECT_THROW(keras_order({{0, {1}}, {1, {0}}}, {}, {0}), Error);
}

}  // namespace
}  // namespace antler
