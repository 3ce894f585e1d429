#include "antler/visual/layout.h"

#include <gmock/gmock.h>

#include <cmath>

namespace antler::visual {
namespace {

// Boxes of several sizes, and edges that form no circle.
struct RandomGraph {
  std::vector<Size> boxes;
  std::vector<Edge> edges;

  explicit RandomGraph(uint64_t seed) {
    uint32_t state = static_cast<uint32_t>(seed) * 2654435761U + 1U;
    const auto below = [&](int limit) {
      state = state * 1664525U + 1013904223U;
      return static_cast<int>((state >> 8U) % static_cast<uint32_t>(limit));
    };
    const int count = 2 + below(40);
    for (int i = 0; i < count; ++i) boxes.push_back({20.0 + below(300), 20.0 + below(80)});
    for (int i = 0; i < count + below(count); ++i) {
      const int to = 1 + below(count - 1);
      edges.push_back({below(to), to});
    }
  }
};

bool overlap(Point a, Size of_a, Point b, Size of_b) {
  return std::abs(a.x - b.x) < (of_a.width + of_b.width) / 2 &&
         std::abs(a.y - b.y) < (of_a.height + of_b.height) / 2;
}

// Whether a point lies within a box, its border left out.
bool within(Point point, Point centre, Size size) {
  return std::abs(point.x - centre.x) < size.width / 2 && std::abs(point.y - centre.y) < size.height / 2;
}

class LayoutOf : public testing::TestWithParam<uint64_t> {
 protected:
  const RandomGraph graph_{GetParam()};
  const Layout layout_ = lay_out(graph_.boxes, graph_.edges);
};

TEST_P(LayoutOf, RandomGraphsOverlapsNoBoxes) {
  for (size_t i = 0; i < graph_.boxes.size(); ++i) {
    for (size_t j = 0; j < i; ++j)
      EXPECT_FALSE(overlap(layout_.centres[i], graph_.boxes[i], layout_.centres[j], graph_.boxes[j]))
          << j << " and " << i;
  }
}

TEST_P(LayoutOf, RandomGraphsIsAsLargeAsItSays) {
  for (size_t i = 0; i < graph_.boxes.size(); ++i) {
    const Point centre = layout_.centres[i];
    const Size half{graph_.boxes[i].width / 2, graph_.boxes[i].height / 2};
    EXPECT_GE(centre.x - half.width, 0.0);
    EXPECT_GE(centre.y - half.height, 0.0);
    EXPECT_LE(centre.x + half.width, layout_.size.width);
    EXPECT_LE(centre.y + half.height, layout_.size.height);
  }
}

TEST_P(LayoutOf, RandomGraphsLeadsEdgesFromBorderToBorder) {
  for (size_t i = 0; i < graph_.edges.size(); ++i) {
    const auto from = static_cast<size_t>(graph_.edges[i].from);
    const auto to = static_cast<size_t>(graph_.edges[i].to);
    const std::vector<Point>& way = layout_.ways[i];
    EXPECT_EQ(way.front().x, layout_.centres[from].x);
    EXPECT_EQ(way.front().y, layout_.centres[from].y + graph_.boxes[from].height / 2);
    EXPECT_EQ(way.back().x, layout_.centres[to].x);
    EXPECT_EQ(way.back().y, layout_.centres[to].y - graph_.boxes[to].height / 2);
  }
}

TEST_P(LayoutOf, RandomGraphsLeadsEdgesPastBoxes) {
  for (const std::vector<Point>& way : layout_.ways) {
    for (size_t i = 1; i < way.size(); ++i) {
      EXPECT_GE(way[i].y, way[i - 1].y);
      for (int part = 0; part <= 16; ++part) {
        // The curve that starts and ends upright.
        const double t = part / 16.0;
        const double bow = t * t * (3 - 2 * t);
        const double rise = t * t * t + 1.5 * t * (1 - t);
        const Point point{std::lerp(way[i - 1].x, way[i].x, bow), std::lerp(way[i - 1].y, way[i].y, rise)};
        for (size_t box = 0; box < graph_.boxes.size(); ++box)
          EXPECT_FALSE(within(point, layout_.centres[box], graph_.boxes[box])) << "box " << box;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Random, LayoutOf, testing::Range(uint64_t{0}, uint64_t{40}));

const Size box{100, 40};

TEST(Layout, OfAChainIsStraight) {
  const Layout layout = lay_out(std::vector<Size>{box, {300, 40}, box}, std::vector<Edge>{{0, 1}, {1, 2}});
  EXPECT_EQ(layout.centres[0].x, 150);
  EXPECT_EQ(layout.centres[1].x, 150);
  EXPECT_EQ(layout.centres[2].x, 150);
  EXPECT_EQ(layout.ways[0].size(), 2U);
}

TEST(Layout, KeepsATrunkStraightBesideItsShortcuts) {
  const std::vector<Edge> edges{{0, 1}, {1, 2}, {2, 3}, {0, 3}, {3, 4}, {4, 5}, {5, 6}, {3, 6}};
  const Layout layout = lay_out(std::vector<Size>(7, box), edges);
  for (const Point& centre : layout.centres) EXPECT_EQ(centre.x, layout.centres[0].x);
}

TEST(Layout, CentresAMergeBelowItsBranches) {
  const Layout layout = lay_out(std::vector<Size>(4, box), std::vector<Edge>{{0, 1}, {0, 2}, {1, 3}, {2, 3}});
  const double middle = (layout.centres[1].x + layout.centres[2].x) / 2;
  EXPECT_NEAR(layout.centres[0].x, middle, 1.0);
  EXPECT_NEAR(layout.centres[3].x, middle, 1.0);
  EXPECT_LT(layout.centres[1].x, layout.centres[2].x);
  EXPECT_EQ(layout.centres[1].y, layout.centres[2].y);
}

TEST(Layout, OfNothingHasNoSize) {
  const Layout layout = lay_out({}, {});
  EXPECT_EQ(layout.size.width, 0.0);
  EXPECT_EQ(layout.size.height, 0.0);
}

}  // namespace
}  // namespace antler::visual
