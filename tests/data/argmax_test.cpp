#include "antler/data/argmax.h"

#include <gmock/gmock.h>

namespace antler {
namespace {

using ::testing::ElementsAre;

TEST(Argmax, FindsTheLargestOfEachRow) {
  EXPECT_THAT(argmax(Tensor({2, 3}, {1, 3, 2, 9, -1, 0})), ElementsAre(1, 0));
}

TEST(Argmax, TakesTheFirstOfEqualOnes) {
  EXPECT_THAT(argmax(Tensor({1, 3}, {2, 5, 5})), ElementsAre(1));
}

TEST(Argmax, GivesNothingForNoRows) {
  EXPECT_THAT(argmax(Tensor({0, 3})), ElementsAre());
}

}  // namespace
}  // namespace antler
