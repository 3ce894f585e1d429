#include "antler/layers/window.h"

#include <gtest/gtest.h>

namespace antler::layers {
namespace {

void expect_margin(const Margin& margin, int64_t before, int64_t after) {
  EXPECT_EQ(margin.before, before);
  EXPECT_EQ(margin.after, after);
}

TEST(Margin, IsNothingWhereValid) {
  expect_margin(margin_of("valid", 7, 3, 2), 0, 0);
}

TEST(Margin, PutsTheOddZeroBehind) {
  expect_margin(margin_of("same", 7, 3, 1), 1, 1);
  expect_margin(margin_of("same", 7, 4, 1), 1, 2);
}

TEST(Margin, DependsOnTheStride) {
  expect_margin(margin_of("same", 7, 3, 2), 1, 1);
  expect_margin(margin_of("same", 8, 3, 2), 0, 1);
  expect_margin(margin_of("same", 8, 2, 4), 0, 0);
}

TEST(Margin, CountsTheGapsOfADilatedWindow) {
  expect_margin(margin_of("same", 7, 3, 1, 3), 3, 3);
}

TEST(Margin, GoesInFrontWhereCausal) {
  expect_margin(margin_of("causal", 7, 3, 1), 2, 0);
  expect_margin(margin_of("causal", 7, 3, 1, 3), 6, 0);
}

}  // namespace
}  // namespace antler::layers
