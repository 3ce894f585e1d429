#include "antler/core/whole_number.h"

#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"

namespace antler {
namespace {

using ::testing::StrEq;
using ::testing::ThrowsMessage;

TEST(WholeNumber, IsWhatStandsThere) {
  EXPECT_EQ(whole_number(Json(-3), "the number", -3, 5), -3);
  EXPECT_EQ(whole_number(Json(5), "the number", -3, 5), 5);
}

TEST(WholeNumber, IsOfTheRange) {
  for (const Json& other : {Json(-4), Json(6)})
    EXPECT_THROW(whole_number(other, "the number", -3, 5), Error) << other;
}

TEST(WholeNumber, DoesNotWrapRound) {
  EXPECT_THAT([] { whole_number(Json(~uint64_t{0}), "the number", -3, 5); },
              ThrowsMessage<Error>(
                  StrEq("the number is 18446744073709551615; expected a whole number from -3 to 5")));
}

TEST(WholeNumber, IsNothingElse) {
  for (const Json& other : {Json(1e308), Json(0.5), Json(NAN), Json("1"), Json(), Json(true), Json({1})})
    EXPECT_THROW(whole_number(other, "the number", -3, 5), Error) << other;
}

}  // namespace
}  // namespace antler
