#include "antler/visual/diagram.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/visual/xml_tags.h"

namespace antler::visual {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Diagram two_boxes() {
  return {.title = "Model: small",
          .boxes = {{.title = "x", .detail = "InputLayer", .lines = {{"Output shape", "(None, 4)"}}},
                    {.title = "dense", .detail = "Dense", .family = 2}},
          .edges = {{0, 1}}};
}

size_t count(const std::string& text, const std::string& part) {
  size_t times = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST(Diagram, ShowsTitlesClassesAndLines) {
  const std::string text = svg(two_boxes());
  EXPECT_THAT(text, HasSubstr(">x</tspan> (InputLayer)<"));
  EXPECT_THAT(text, HasSubstr(">dense</tspan> (Dense)<"));
  EXPECT_THAT(text, HasSubstr(">Output shape: <tspan class=\"name\">(None, 4)</tspan>"));
}

TEST(Diagram, DrawsABoxForEachAndAnArrowForEachEdge) {
  const std::string text = svg(two_boxes());
  EXPECT_EQ(count(text, "class=\"box\""), 2U);
  EXPECT_EQ(count(text, "class=\"edge\""), 1U);
}

TEST(Diagram, IsXmlThatNamesItself) {
  const std::string text = svg(two_boxes());
  EXPECT_THAT(text, StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns="));
  EXPECT_THAT(text, HasSubstr("<title>Model: small</title>"));
  EXPECT_THAT(text, HasSubstr("aria-label=\"Model: small\""));
  EXPECT_EQ(not_well_formed(text), "");
}

TEST(Diagram, EscapesNames) {
  Diagram diagram = two_boxes();
  diagram.title = "<&\">";
  diagram.boxes[0].title = "</svg>";
  diagram.boxes[1].lines = {{"<b>", "\x02&"}};
  const std::string text = svg(diagram);
  EXPECT_EQ(not_well_formed(text), "");
  EXPECT_THAT(text, HasSubstr("&lt;/svg&gt;"));
  EXPECT_THAT(text, Not(HasSubstr("\x02")));
}

TEST(Diagram, IsTheSameEachTime) {
  EXPECT_EQ(svg(two_boxes()), svg(two_boxes()));
}

TEST(Diagram, LeadsToTheRightWhenAsked) {
  const std::string text = svg(two_boxes(), Direction::right);
  const size_t way = text.find(" d=\"M", text.find("class=\"edge\"")) + 5;
  double x[2];
  double y[2];
  ASSERT_EQ(std::sscanf(text.c_str() + way, "%lf %lfL%lf %lf", &x[0], &y[0], &x[1], &y[1]), 4);
  EXPECT_LT(x[0], x[1]);
  EXPECT_EQ(y[0], y[1]);
}

TEST(Diagram, DrawsWhatABoxEnclosesInAFrame) {
  Diagram outer = two_boxes();
  outer.boxes.push_back({.title = "encoder", .detail = "Functional", .inside = {two_boxes()}});
  outer.edges.push_back({1, 2});
  const std::string text = svg(outer);
  EXPECT_EQ(count(text, "class=\"frame\""), 1U);
  EXPECT_EQ(count(text, "class=\"box\""), 4U);
  EXPECT_EQ(count(text, "class=\"edge\""), 3U);
  EXPECT_THAT(text, HasSubstr(">encoder</tspan> (Functional)<"));
  EXPECT_EQ(not_well_formed(text), "");
}

TEST(Diagram, OfNothingIsAnEmptyPicture) {
  EXPECT_EQ(not_well_formed(svg({})), "");
}

TEST(Diagram, RefusesACircle) {
  Diagram diagram = two_boxes();
  diagram.edges.push_back({1, 0});
  EXPECT_THROW(svg(diagram), Error);
}

}  // namespace
}  // namespace antler::visual
