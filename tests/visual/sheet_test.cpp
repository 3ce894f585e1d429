#include "antler/visual/sheet.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler::visual {
namespace {

using testing::HasSubstr;
using testing::Not;

Sheet sheet_of(int count) {
  Sheet sheet{.title = "Digits", .height = 2, .width = 2, .columns = 2, .pictures = {}};
  for (int i = 0; i < count; ++i)
    sheet.pictures.push_back({.brightness = {0.0F, 1.0F, 0.4F, 0.0F}, .caption = "4 < 9"});
  return sheet;
}

TEST(SheetSvg, DrawsWhatIsBrightDark) {
  const std::string text = svg(sheet_of(1));
  EXPECT_THAT(text, HasSubstr(R"(<path fill="#000000" d="M1 0h1v1h-1z"/>)"));
  EXPECT_THAT(text, HasSubstr(R"(<path fill="#999999" d="M0 1h1v1h-1z"/>)"));
  EXPECT_THAT(text, Not(HasSubstr("M0 0h1")));  // paper
}

TEST(SheetSvg, WritesACaptionBelowEach) {
  EXPECT_THAT(svg(sheet_of(1)), HasSubstr(">4 &lt; 9</text>"));
}

TEST(SheetSvg, GrowsByRows) {
  EXPECT_THAT(svg(sheet_of(1)), HasSubstr(R"(width="38" height="54")"));
  EXPECT_THAT(svg(sheet_of(2)), HasSubstr(R"(width="60" height="54")"));
  EXPECT_THAT(svg(sheet_of(3)), HasSubstr(R"(width="60" height="92")"));
}

TEST(SheetSvg, RefusesNoPictureAndAWrongOne) {
  EXPECT_THROW(svg(sheet_of(0)), Error);
  Sheet odd = sheet_of(1);
  odd.pictures[0].brightness.pop_back();
  EXPECT_THROW(svg(odd), Error);
}

}  // namespace
}  // namespace antler::visual
