#include "digits/centring.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "antler/core/error.h"
#include "digits/handwriting.h"

namespace antler::digits {
namespace {

GreyPicture picture(int64_t width, int64_t height, uint8_t paper) {
  return {.width = width,
          .height = height,
          .shades = std::vector<uint8_t>(static_cast<size_t>(width * height), paper)};
}

void fill(GreyPicture& on, int64_t left, int64_t top, int64_t width, int64_t height, uint8_t shade) {
  for (int64_t row = top; row < top + height; ++row) {
    for (int64_t column = left; column < left + width; ++column)
      on.shades[static_cast<size_t>(row * on.width + column)] = shade;
  }
}

struct Extent {
  int64_t left = 28, right = 0, top = 28, bottom = 0;
};

Extent extent(const Tensor& image) {
  Extent found;
  for (int64_t i = 0; i < image.size(); ++i) {
    if (image[i] == 0.0F) continue;
    found = {.left = std::min(found.left, i % 28),
             .right = std::max(found.right, i % 28 + 1),
             .top = std::min(found.top, i / 28),
             .bottom = std::max(found.bottom, i / 28 + 1)};
  }
  return found;
}

double mean_row(const Tensor& image) {
  double sum = 0.0;
  double moment = 0.0;
  for (int64_t i = 0; i < image.size(); ++i) {
    sum += image[i];
    const int64_t row = i / 28;
    moment += image[i] * (static_cast<double>(row) + 0.5);
  }
  return moment / sum;
}

TEST(CentredDigit, ScalesTheLongerSideToTwentyAndKeepsTheAspect) {
  GreyPicture tall = picture(100, 100, 0);
  fill(tall, 70, 10, 10, 40, 255);
  const Extent found = extent(centred_digit(tall));
  EXPECT_EQ(found.bottom - found.top, 20);
  EXPECT_EQ(found.right - found.left, 5);
  EXPECT_EQ(found.top, 4);
  EXPECT_EQ(found.left, 12);  // 11.5 to 16.5, to a whole pixel
}

TEST(CentredDigit, EnlargesSmallOnesToo) {
  GreyPicture dot = picture(28, 28, 0);
  fill(dot, 3, 3, 2, 4, 255);
  const Extent found = extent(centred_digit(dot));
  EXPECT_EQ(found.bottom - found.top, 20);
  EXPECT_EQ(found.right - found.left, 10);
}

TEST(CentredDigit, MovesTheCentreOfMassToTheMiddle) {
  GreyPicture heavy_below = picture(100, 100, 0);
  fill(heavy_below, 48, 10, 4, 60, 255);
  fill(heavy_below, 40, 60, 20, 10, 255);
  const Tensor image = centred_digit(heavy_below);
  EXPECT_NEAR(mean_row(image), 14.0, 0.5);
  EXPECT_LT(extent(image).top, 4);  // the middle of the box stands elsewhere
}

TEST(CentredDigit, LosesNoInkForTheMiddle) {
  GreyPicture very_heavy_below = picture(100, 100, 0);
  fill(very_heavy_below, 49, 10, 2, 60, 255);
  fill(very_heavy_below, 20, 60, 60, 10, 255);
  EXPECT_EQ(extent(centred_digit(very_heavy_below)).bottom - extent(centred_digit(very_heavy_below)).top, 20);
}

TEST(CentredDigit, MakesEachPixelTheMeanOfWhatItCovers) {
  GreyPicture stripes = picture(60, 60, 0);
  fill(stripes, 10, 10, 40, 40, 255);
  fill(stripes, 30, 10, 1, 40, 0);  // half of a pixel of the small picture
  const Tensor image = centred_digit(stripes);
  const auto halves = std::ranges::count_if(image.span(), [](float v) { return std::abs(v - 0.5F) < 1e-6F; });
  EXPECT_EQ(halves, 20);
}

TEST(CentredDigit, ReadsDarkInkOnLightPaperAsLightInkOnDark) {
  GreyPicture light = written_page(4, 1);
  GreyPicture dark = light;
  for (uint8_t& shade : dark.shades) shade = static_cast<uint8_t>(255 - shade);
  const Tensor one = centred_digit(light);
  EXPECT_THAT(centred_digit(dark).span(), testing::ElementsAreArray(one.span()));
}

TEST(CentredDigit, StretchesFaintInk) {
  GreyPicture pencil = picture(50, 50, 200);
  fill(pencil, 20, 10, 6, 30, 140);
  EXPECT_EQ(std::ranges::max(centred_digit(pencil).span()), 1.0F);
}

TEST(CentredDigit, LeavesOutTheGrainOfThePaper) {
  GreyPicture clean = picture(100, 100, 250);
  fill(clean, 40, 20, 8, 50, 10);
  GreyPicture grained = clean;
  fill(grained, 2, 2, 3, 3, 225);
  const Tensor expected = centred_digit(clean);
  EXPECT_THAT(centred_digit(grained).span(), testing::ElementsAreArray(expected.span()));
}

TEST(CentredDigit, RefusesABlankPicture) {
  EXPECT_THROW(centred_digit(picture(20, 20, 0)), Error);
  EXPECT_THROW(centred_digit(picture(20, 20, 255)), Error);
  EXPECT_THROW(centred_digit(picture(0, 0, 0)), Error);
}

TEST(CentredDigit, RefusesShadesThatDoNotFillThePicture) {
  GreyPicture odd = picture(20, 20, 0);
  odd.shades.pop_back();
  EXPECT_THROW(centred_digit(odd), Error);
}

}  // namespace
}  // namespace antler::digits
