#include "antler/visual/pixels.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "antler/core/error.h"

namespace antler::visual {
namespace {

TEST(DrawPixels, GivesShadesTwoCharactersWide) {
  const std::vector<float> picture{0.0F, 1.0F, 0.5F, 2.0F};
  EXPECT_EQ(draw_pixels(picture, 2, 2, PixelStyle::shades), "  @@\n++@@\n");
}

TEST(DrawPixels, PutsPicturesBesideEachOther) {
  const std::vector<float> two{1.0F, 0.0F, 0.0F, 1.0F};
  EXPECT_EQ(draw_pixels(two, 1, 2, PixelStyle::shades, 1), "@@     @@\n");
}

TEST(DrawPixels, PutsTwoRowsIntoALineOfBlocks) {
  const std::vector<float> column{1.0F, 0.0F, 0.2F};
  EXPECT_EQ(draw_pixels(column, 3, 1, PixelStyle::blocks),
            "\x1b[38;2;255;255;255;48;2;0;0;0m▀\x1b[0m\n\x1b[38;2;51;51;51;48;2;0;0;0m▀\x1b[0m\n");
}

TEST(DrawPixels, ShowsNoNumberAsBlack) {
  const std::vector<float> none{std::numeric_limits<float>::quiet_NaN(), -1.0F};
  EXPECT_EQ(draw_pixels(none, 1, 2, PixelStyle::shades), "    \n");
}

TEST(DrawPixels, RefusesPartsOfPictures) {
  const std::vector<float> three(3);
  EXPECT_THROW(draw_pixels(three, 2, 1, PixelStyle::shades), Error);
  EXPECT_THROW(draw_pixels(three, 0, 1, PixelStyle::shades), Error);
}

}  // namespace
}  // namespace antler::visual
