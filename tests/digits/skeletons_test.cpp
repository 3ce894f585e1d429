#include "digits/skeletons.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler::digits {
namespace {

using testing::Contains;
using testing::Each;
using testing::Field;
using testing::FloatNear;
using testing::SizeIs;

TEST(Skeletons, KnowSeveralWaysOfWritingEachDigit) {
  for (int digit = 0; digit < 10; ++digit) {
    EXPECT_GE(skeletons(digit).size(), 3U) << digit;
    for (const Skeleton& skeleton : skeletons(digit))
      EXPECT_THAT(skeleton, Each(SizeIs(testing::Ge(2)))) << digit;
  }
}

TEST(Skeletons, AreAsHighAsEachOther) {
  for (int digit = 0; digit < 10; ++digit) {
    for (const Skeleton& skeleton : skeletons(digit)) {
      float top = 1.0F;
      float bottom = 0.0F;
      for (const Stroke& stroke : skeleton) {
        for (const Point& point : stroke) {
          top = std::min(top, point.y);
          bottom = std::max(bottom, point.y);
        }
      }
      EXPECT_NEAR(top, 0.2F, 0.011F) << digit;
      EXPECT_NEAR(bottom, 0.8F, 0.011F) << digit;
    }
  }
}

TEST(Skeletons, AreThereForDigitsAlone) {
  EXPECT_THROW(skeletons(10), Error);
  EXPECT_THROW(skeletons(-1), Error);
}

TEST(Smooth, GoesThroughAllPoints) {
  const Stroke stroke{{.x = 0.1F, .y = 0.2F}, {.x = 0.4F, .y = 0.1F}, {.x = 0.5F, .y = 0.6F}};
  const Stroke curve = smooth(stroke, 4);
  EXPECT_THAT(curve, SizeIs(9));
  for (const Point& point : stroke)
    EXPECT_THAT(curve, Contains(testing::AllOf(Field(&Point::x, FloatNear(point.x, 1e-6F)),
                                               Field(&Point::y, FloatNear(point.y, 1e-6F)))));
}

TEST(Smooth, BendsWherePointsAreNoCorner) {
  const Point corner{.x = 0.8F, .y = 0.2F};
  const Stroke round = smooth({{.x = 0.2F, .y = 0.2F}, corner, {.x = 0.8F, .y = 0.8F}}, 8);
  const Stroke sharp = smooth({{.x = 0.2F, .y = 0.2F}, corner, corner, {.x = 0.8F, .y = 0.8F}}, 8);
  EXPECT_THAT(round, Contains(Field(&Point::y, testing::Lt(0.19F))));
  for (size_t i = 0; i <= 8; ++i) EXPECT_FLOAT_EQ(sharp[i].y, 0.2F);
  for (size_t i = 8; i < sharp.size(); ++i) EXPECT_FLOAT_EQ(sharp[i].x, 0.8F);
}

}  // namespace
}  // namespace antler::digits
