#include "antler/data/to_categorical.h"

#include <gmock/gmock.h>

#include <limits>

#include "antler/core/error.h"

namespace antler {
namespace {

using ::testing::ElementsAre;
using ::testing::ThrowsMessage;

TEST(ToCategorical, PutsAOneAtEachClass) {
  const Tensor result = to_categorical(Tensor({3}, {1, 0, 3}), 4);
  EXPECT_EQ(result.shape(), Shape({3, 4}));
  EXPECT_THAT(result.span(), ElementsAre(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1));
}

TEST(ToCategorical, CountsTheClassesWhenNotTold) {
  EXPECT_EQ(to_categorical(Tensor({3}, {1, 0, 3})).shape(), Shape({3, 4}));
}

TEST(ToCategorical, DropsALastAxisOfOne) {
  EXPECT_EQ(to_categorical(Tensor({2, 1}, {1, 0}), 3).shape(), Shape({2, 3}));
  EXPECT_EQ(to_categorical(Tensor({2, 2}, {1, 0, 2, 2}), 3).shape(), Shape({2, 2, 3}));
}

TEST(ToCategorical, KeepsAnOnlyAxisOfOne) {
  EXPECT_EQ(to_categorical(Tensor({1}, {1}), 3).shape(), Shape({1, 3}));
}

TEST(ToCategorical, TakesASingleNumber) {
  EXPECT_EQ(to_categorical(Tensor(Shape(), {2}), 3).shape(), Shape({3}));
}

TEST(ToCategorical, RefusesWhatIsNoClass) {
  for (const float label : {-1.0F, 0.5F, 1e20F, std::numeric_limits<float>::quiet_NaN()}) {
    EXPECT_THROW(to_categorical(Tensor({2}, {0, label}), 3), Error) << label;
    EXPECT_THROW(to_categorical(Tensor({2}, {0, label})), Error) << label;
  }
}

TEST(ToCategorical, SaysWhichLabelIsBeyondTheClasses) {
  EXPECT_THAT(
      [] {
        to_categorical(Tensor({3}, {0, 1, 3}), 3);
      },
      ThrowsMessage<Error>("label 2 is 3; expected less than the 3 classes"));
}

TEST(ToCategorical, CannotCountTheClassesOfNoLabels) {
  EXPECT_THROW(to_categorical(Tensor()), Error);
  EXPECT_EQ(to_categorical(Tensor(), 3).shape(), Shape({0, 3}));
}

TEST(ToCategorical, RefusesANegativeNumberOfClasses) {
  EXPECT_THROW(to_categorical(Tensor({1}, {0}), -1), Error);
}

}  // namespace
}  // namespace antler
