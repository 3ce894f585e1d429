#include "antler/visual/ordering.h"

#include <gmock/gmock.h>

namespace antler::visual {
namespace {

using testing::ElementsAre;

TEST(Ordering, CountsCrossings) {
  EXPECT_EQ(crossings(in_layers(4, std::vector<Edge>{{0, 2}, {1, 3}})), 0);
  EXPECT_EQ(crossings(in_layers(4, std::vector<Edge>{{0, 3}, {1, 2}})), 1);
  EXPECT_EQ(crossings(in_layers(6, std::vector<Edge>{{0, 5}, {1, 4}, {2, 3}})), 3);
}

TEST(Ordering, UncrossesEdges) {
  // Two inputs, joined crosswise, and again below.
  Layering graph = in_layers(6, std::vector<Edge>{{0, 3}, {1, 2}, {3, 4}, {2, 5}});
  ASSERT_GT(crossings(graph), 0);
  order_layers(graph);
  EXPECT_EQ(crossings(graph), 0);
}

TEST(Ordering, KeepsBranchesInTheirOrder) {
  Layering graph = in_layers(5, std::vector<Edge>{{0, 1}, {0, 2}, {0, 3}, {1, 4}, {2, 4}, {3, 4}});
  order_layers(graph);
  EXPECT_THAT(graph.layers[1], ElementsAre(1, 2, 3));
}

TEST(Ordering, PutsAShortcutBesideTheTrunk) {
  Layering graph = in_layers(4, std::vector<Edge>{{0, 1}, {1, 2}, {2, 3}, {0, 3}});
  order_layers(graph);
  EXPECT_THAT(graph.layers,
              ElementsAre(ElementsAre(0), ElementsAre(1, 4), ElementsAre(2, 5), ElementsAre(3)));
}

}  // namespace
}  // namespace antler::visual
