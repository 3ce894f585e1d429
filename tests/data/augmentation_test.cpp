#include "antler/data/augmentation.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <ranges>

#include "antler/core/error.h"

namespace antler::augment {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::ElementsAreArray;
using testing::Not;

// Grey values that change smoothly, with a dark edge.
Tensor pictures(int64_t count, int64_t size = 16, int64_t channels = 1) {
  Tensor images({count, size, size, channels});
  for (int64_t i = 0; i < images.size(); ++i) {
    const auto row = static_cast<double>(i / channels / size % size) / static_cast<double>(size - 1);
    const auto column = static_cast<double>(i / channels % size) / static_cast<double>(size - 1);
    images[i] = static_cast<float>(16.0 * row * (1.0 - row) * column * (1.0 - column));
  }
  return images;
}

Tensor changed_with(const Options& options, const Tensor& images, uint64_t step = 0) {
  return changed(images, options, RandomStream(1, 2, step));
}

// Where the grey of a picture has its middle: column, row.
std::pair<double, double> middle(const ConstView& picture) {
  double sum = 0.0;
  double x = 0.0;
  double y = 0.0;
  const float* grey = picture.data;
  for (int64_t row = 0; row < picture.shape[1]; ++row) {
    for (int64_t column = 0; column < picture.shape[2]; ++column, ++grey) {
      sum += double{*grey};
      x += double{*grey} * static_cast<double>(column);
      y += double{*grey} * static_cast<double>(row);
    }
  }
  return {x / sum, y / sum};
}

// A bright dot (row, column) among zeros.
Tensor dots(int64_t count, int64_t size, int64_t row, int64_t column) {
  Tensor images({count, size, size, 1});
  for (int64_t i = 0; i < count; ++i) images[(i * size + row) * size + column] = 1.0F;
  return images;
}

double largest(const std::vector<double>& values) {
  return *std::ranges::max_element(values, {}, [](double each) { return std::abs(each); });
}

TEST(Augmentation, LeavesImagesAloneWithoutOptions) {
  const Tensor images = pictures(3);
  EXPECT_THAT(changed_with({}, images).span(), ElementsAreArray(images.span()));
}

TEST(Augmentation, DrawsAnewForEachImageAndStep) {
  const Options options{.rotation_degrees = 10, .shift_pixels = 2, .elastic_alpha = 20};
  const Tensor images = pictures(2);
  const Tensor first = changed_with(options, images);
  EXPECT_THAT(changed_with(options, images).span(), ElementsAreArray(first.span()));
  EXPECT_THAT(changed_with(options, images, 1).span(), Not(ElementsAreArray(first.span())));
  EXPECT_THAT(first.rows(0, 1).span(), Not(ElementsAreArray(first.rows(1, 2).span())));
}

TEST(Augmentation, DoesTheSameToAnImageWhateverFollowsIt) {
  const Options options{.rotation_degrees = 10, .elastic_alpha = 20, .erase_probability = 0.5};
  const Tensor many = changed_with(options, pictures(5));
  const Tensor few = changed_with(options, pictures(2));
  EXPECT_THAT(few.span(), ElementsAreArray(many.rows(0, 2).span()));
}

TEST(Augmentation, ShiftsBothWaysAndNoFurtherThanAsked) {
  const Tensor moved = changed_with({.shift_pixels = 3}, dots(500, 15, 7, 7));
  std::vector<double> across;
  std::vector<double> down;
  for (int64_t i = 0; i < 500; ++i) {
    const auto [x, y] = middle(moved.rows(i, i + 1));
    across.push_back(x - 7.0);
    down.push_back(y - 7.0);
  }
  EXPECT_NEAR(std::abs(largest(across)), 3.0, 0.1);
  EXPECT_NEAR(std::abs(largest(down)), 3.0, 0.1);
  EXPECT_NEAR(std::accumulate(across.begin(), across.end(), 0.0) / 500.0, 0.0, 0.25);
  EXPECT_NEAR(std::accumulate(down.begin(), down.end(), 0.0) / 500.0, 0.0, 0.25);
}

TEST(Augmentation, ShiftsByWholePixelsWithoutABlur) {
  const Tensor moved = changed_with({.shift_pixels = 1, .whole_pixels = true}, dots(500, 9, 4, 4));
  EXPECT_THAT(moved.span(), Each(AnyOf(0.0F, 1.0F)));
  std::map<std::pair<double, double>, int> times;
  for (int64_t i = 0; i < 500; ++i) ++times[middle(moved.rows(i, i + 1))];
  ASSERT_EQ(times.size(), 9U);  // to each of eight sides, or not at all
  const auto [least, most] = std::ranges::minmax(std::views::keys(times));
  EXPECT_EQ(least, std::pair(3.0, 3.0));
  EXPECT_EQ(most, std::pair(5.0, 5.0));
  EXPECT_NEAR((times[{4.0, 4.0}]), 125, 30);  // half of all numbers in [-1, 1] round to 0, along either axis
}

TEST(Augmentation, TurnsAboutTheMiddle) {
  const Tensor turned = changed_with({.rotation_degrees = 30}, dots(300, 21, 10, 18));
  std::vector<double> degrees;
  for (int64_t i = 0; i < 300; ++i) {
    const auto [x, y] = middle(turned.rows(i, i + 1));
    EXPECT_NEAR(std::hypot(x - 10.0, y - 10.0), 8.0, 0.3);
    degrees.push_back(std::atan2(y - 10.0, x - 10.0) * 57.29577951);
  }
  EXPECT_NEAR(std::abs(largest(degrees)), 30.0, 1.5);
}

TEST(Augmentation, ZoomsAndStretchesAboutTheMiddle) {
  const Tensor zoomed = changed_with({.zoom = 0.25}, dots(300, 25, 18, 18));
  const Tensor stretched = changed_with({.stretch = 0.25}, dots(300, 25, 18, 18));
  std::vector<double> growth;
  std::vector<double> difference;
  for (int64_t i = 0; i < 300; ++i) {
    const auto [x, y] = middle(zoomed.rows(i, i + 1));
    EXPECT_NEAR(x, y, 1e-3);
    growth.push_back((x - 12.0) / 6.0 - 1.0);
    const auto [wide, high] = middle(stretched.rows(i, i + 1));
    difference.push_back(wide - high);
  }
  EXPECT_NEAR(std::abs(largest(growth)), 0.25, 0.06);
  EXPECT_GT(std::abs(largest(difference)), 1.5);
}

TEST(Augmentation, SlantsRowsAgainstEachOther) {
  const Tensor slanted = changed_with({.shear = 0.5}, dots(300, 25, 20, 12));
  std::vector<double> across;
  for (int64_t i = 0; i < 300; ++i) {
    const auto [x, y] = middle(slanted.rows(i, i + 1));
    EXPECT_NEAR(y, 20.0, 1e-3);
    across.push_back(x - 12.0);
  }
  EXPECT_NEAR(std::abs(largest(across)), 4.0, 0.1);
}

TEST(Augmentation, InterpolatesOnceHoweverManyOptionsAreSet) {
  // Of noise, a bilinear interpolation at random places leaves (2/3)^2 of the variance; a second one takes
  // more.
  Tensor noise({100, 31, 31, 1});
  RandomStream(5, 6).fill_normal(noise.span(), 0.0F, 1.0F);
  const Tensor y = changed_with({.rotation_degrees = 10,
                                 .shift_pixels = 1,
                                 .zoom = 0.1,
                                 .stretch = 0.1,
                                 .shear = 0.1,
                                 .elastic_alpha = 20},
                                noise);
  double squares = 0.0;
  for (int64_t image = 0; image < 100; ++image) {
    for (int64_t at = 0; at < 10 * 10; ++at) {
      const auto pixel = double{y[(image * 31 + 10 + at / 10) * 31 + 10 + at % 10]};
      squares += pixel * pixel;
    }
  }
  EXPECT_NEAR(squares / 10000.0, 4.0 / 9.0, 0.03);
}

TEST(Augmentation, DistortsAsFarAsSimardSays) {
  // On a ramp, how far a pixel was moved is how much it changed.
  const int64_t size = 33;
  Tensor ramps({200, size, size, 1});
  for (int64_t i = 0; i < ramps.size(); ++i) ramps[i] = static_cast<float>(i % size);
  const Tensor y = changed_with({.elastic_alpha = 34, .elastic_sigma = 4}, ramps);
  double squares = 0.0;
  double products = 0.0;
  for (int64_t image = 0; image < 200; ++image) {
    const auto moved = [&](int64_t row, int64_t column) {
      const int64_t at = (image * size + row) * size + column;
      return double{y[at]} - double{ramps[at]};
    };
    for (int64_t row = 8; row < 24; ++row) {
      for (int64_t column = 8; column < 24; ++column) {
        squares += moved(row, column) * moved(row, column);
        products += moved(row, column) * moved(row, column + 4);
      }
    }
  }
  EXPECT_NEAR(std::sqrt(squares / (200.0 * 256.0)), 34.0 * 0.1629 / 4.0, 0.1);
  EXPECT_NEAR(products / squares, std::exp(-0.25), 0.05);  // of pixels as far apart as sigma
}

TEST(Augmentation, ErasesRectanglesOfTheSizesAsked) {
  const Tensor y =
      changed_with({.erase_probability = 0.5, .erase_least = 0.25, .erase_most = 0.25, .fill_value = 2.0},
                   Tensor({400, 8, 8, 3}));
  int64_t erased = 0;
  for (int64_t image = 0; image < 400; ++image) {
    const auto pixels = y.rows(image, image + 1).span();
    const auto count = std::ranges::count(pixels, 2.0F);
    EXPECT_TRUE(count == 0 || count == 4 * 4 * 3) << count;
    erased += count > 0 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(erased), 200.0, 40.0);
}

TEST(Augmentation, ShowsTheFillValueBeyondTheEdge) {
  const Tensor y = changed_with({.shift_pixels = 100, .fill_value = 3.0}, Tensor({20, 4, 4, 1}));
  EXPECT_EQ(std::ranges::count(y.span(), 3.0F) > 200, true);
  EXPECT_THAT(y.span(), Each(testing::AllOf(testing::Ge(0.0F), testing::Le(3.0F))));
}

TEST(Augmentation, ChangesAllChannelsAlike) {
  const Options options{.rotation_degrees = 20, .shift_pixels = 2, .elastic_alpha = 20};
  const Tensor grey = changed_with(options, pictures(2));
  const Tensor colored = changed_with(options, pictures(2, 16, 3));
  for (int64_t i = 0; i < colored.size(); ++i) EXPECT_EQ(colored[i], grey[i / 3]);
}

TEST(Augmentation, ChangesABatchByItsPlace) {
  const Change change = images({.rotation_degrees = 20}, 7);
  const auto at = [&](const BatchPlace& place) {
    return change({.x = {pictures(2)}, .y = {Tensor({2, 1}, {1, 2})}}, place);
  };
  const Batch first = at({.pass = 1, .number = 2});
  EXPECT_THAT(at({.pass = 1, .number = 2}).x.front().span(), ElementsAreArray(first.x.front().span()));
  EXPECT_THAT(at({.pass = 2, .number = 2}).x.front().span(), Not(ElementsAreArray(first.x.front().span())));
  EXPECT_THAT(at({.pass = 1, .number = 3}).x.front().span(), Not(ElementsAreArray(first.x.front().span())));
  EXPECT_THAT(first.y.front().span(), testing::ElementsAre(1, 2));
}

TEST(Augmentation, RefusesWhatCannotBe) {
  EXPECT_THROW(images({.rotation_degrees = -1}, 1), Error);
  EXPECT_THROW(images({.rotation_degrees = NAN}, 1), Error);
  EXPECT_THROW(images({.zoom = 1}, 1), Error);
  EXPECT_THROW(images({.stretch = 1}, 1), Error);
  EXPECT_THROW(images({.elastic_sigma = 0.5}, 1), Error);
  EXPECT_THROW(images({.erase_probability = 1.5}, 1), Error);
  EXPECT_THROW(images({.erase_least = 0.5, .erase_most = 0.4}, 1), Error);
  EXPECT_THROW(images({.fill_value = INFINITY}, 1), Error);
  EXPECT_THROW(changed_with({.zoom = 0.1}, Tensor({2, 3, 4})), Error);
  EXPECT_THROW(images({}, 1)({}, {}), Error);
}

}  // namespace
}  // namespace antler::augment
