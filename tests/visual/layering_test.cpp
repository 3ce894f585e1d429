#include "antler/visual/layering.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler::visual {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Layering, PutsEachBoxBelowAllThatLeadToIt) {
  const Layering graph = in_layers(4, std::vector<Edge>{{0, 1}, {1, 3}, {0, 2}, {2, 3}});
  EXPECT_THAT(graph.layers, ElementsAre(ElementsAre(0), ElementsAre(1, 2), ElementsAre(3)));
}

TEST(Layering, BendsAnEdgeInEachLayerThatItPasses) {
  const Layering graph = in_layers(4, std::vector<Edge>{{0, 1}, {1, 2}, {2, 3}, {0, 3}});
  EXPECT_THAT(graph.chains.back(), ElementsAre(0, 4, 5, 3));
  EXPECT_THAT(graph.layers,
              ElementsAre(ElementsAre(0), ElementsAre(1, 4), ElementsAre(2, 5), ElementsAre(3)));
}

TEST(Layering, PutsAnInputThatIsNeededLateWhereItIsNeeded) {
  const Layering graph = in_layers(4, std::vector<Edge>{{0, 1}, {1, 2}, {3, 2}});
  EXPECT_THAT(graph.layers, ElementsAre(ElementsAre(0), ElementsAre(1, 3), ElementsAre(2)));
}

TEST(Layering, OfNothingIsEmpty) {
  EXPECT_THAT(in_layers(0, {}).layers, IsEmpty());
}

TEST(Layering, RefusesACircle) {
  EXPECT_THROW(in_layers(3, std::vector<Edge>{{0, 1}, {1, 2}, {2, 1}}), Error);
  EXPECT_THAT(topological_order(3, std::vector<Edge>{{0, 1}, {1, 2}, {2, 1}}), ElementsAre(0));
}

TEST(Layering, RefusesABoxThatThereIsNot) {
  EXPECT_THROW(in_layers(2, std::vector<Edge>{{0, 2}}), Error);
  EXPECT_THROW(in_layers(2, std::vector<Edge>{{-1, 0}}), Error);
}

TEST(Layering, RefusesMoreBendsThanCanBeDrawn) {
  constexpr int boxes = 3000;
  std::vector<Edge> edges;
  for (int box = 1; box < boxes; ++box) edges.push_back({box - 1, box});
  for (int box = 1; box < boxes; ++box) edges.push_back({0, box});
  EXPECT_THROW(in_layers(boxes, edges), Error);
}

}  // namespace
}  // namespace antler::visual
