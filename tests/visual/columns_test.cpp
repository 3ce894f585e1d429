#include "antler/visual/columns.h"

#include <gtest/gtest.h>

#include "antler/visual/ordering.h"

namespace antler::visual {
namespace {

Layering ordered(size_t boxes, const std::vector<Edge>& edges) {
  Layering graph = in_layers(boxes, edges);
  order_layers(graph);
  return graph;
}

TEST(Columns, HoldATrunkBesideItsShortcut) {
  const std::vector<int> column = columns_of(ordered(4, {{0, 1}, {1, 2}, {2, 3}, {0, 3}}));
  EXPECT_EQ(column[0], column[1]);
  EXPECT_EQ(column[1], column[2]);
  EXPECT_EQ(column[2], column[3]);
}

TEST(Columns, HoldALongEdge) {
  const std::vector<int> column = columns_of(ordered(4, {{0, 1}, {1, 2}, {2, 3}, {0, 3}}));
  EXPECT_EQ(column[4], column[5]);
  EXPECT_NE(column[4], column[1]);
}

TEST(Columns, HoldTheMiddleOneOfThreeBranches) {
  const std::vector<int> column = columns_of(ordered(5, {{0, 1}, {0, 2}, {0, 3}, {1, 4}, {2, 4}, {3, 4}}));
  EXPECT_EQ(column[0], column[2]);
  EXPECT_EQ(column[4], column[2]);
  EXPECT_NE(column[0], column[1]);
}

TEST(Columns, LeaveTwoBranchesOnEitherSide) {
  const std::vector<int> column = columns_of(ordered(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}}));
  EXPECT_NE(column[0], column[1]);
  EXPECT_NE(column[0], column[2]);
}

TEST(Columns, DoNotCross) {
  // Left as they come, the two edges cross.
  const std::vector<int> column = columns_of(in_layers(4, std::vector<Edge>{{0, 3}, {1, 2}}));
  EXPECT_NE(column[0] == column[3], column[1] == column[2]);
}

}  // namespace
}  // namespace antler::visual
