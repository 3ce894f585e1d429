#include "digits/handwriting.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "antler/core/error.h"
#include "digits/evaluate.h"
#include "digits/write.h"
#include "tests/core/temporary_folder.h"

namespace antler::digits {
namespace {

using testing::ElementsAreArray;
using testing::Not;

struct Ink {
  int64_t top = 112, bottom = 0, left = 112, right = 0, dark = 0;

  int64_t height() const { return bottom - top; }
};

Ink ink_of(const GreyPicture& page) {
  Ink ink;
  for (int64_t i = 0; i < page.width * page.height; ++i) {
    if (page.shades[static_cast<size_t>(i)] < 128) continue;
    ink = {.top = std::min(ink.top, i / page.width),
           .bottom = std::max(ink.bottom, i / page.width + 1),
           .left = std::min(ink.left, i % page.width),
           .right = std::max(ink.right, i % page.width + 1),
           .dark = ink.dark + 1};
  }
  return ink;
}

TEST(WrittenPage, FollowsFromSeedAndNumber) {
  EXPECT_EQ(written_page(3, 1, 5).shades, written_page(3, 1, 5).shades);
  EXPECT_NE(written_page(3, 1, 5).shades, written_page(3, 1, 6).shades);
  EXPECT_NE(written_page(3, 1, 5).shades, written_page(3, 2, 5).shades);
}

TEST(WrittenPage, LeavesItsBorderFree) {
  for (uint64_t number = 0; number < 200; ++number) {
    const GreyPicture page = written_page(static_cast<int>(number % 10), 1, number);
    for (size_t i = 0; i < 112; ++i) {
      EXPECT_EQ(page.shades[i] + page.shades[112 * 111 + i], 0);
      EXPECT_EQ(page.shades[112 * i] + page.shades[112 * i + 111], 0);
    }
  }
}

TEST(WrittenPage, IsWrittenLargeAndSmallHereAndThereThickAndThin) {
  std::vector<Ink> all;
  for (uint64_t number = 0; number < 200; ++number) all.push_back(ink_of(written_page(0, 1, number)));
  const auto [smallest, largest] = std::ranges::minmax(all, {}, &Ink::height);
  EXPECT_LT(smallest.height(), 50);
  EXPECT_GT(largest.height(), 90);
  const auto [highest, lowest] = std::ranges::minmax(all, {}, &Ink::top);
  EXPECT_LT(highest.top, 8);
  EXPECT_GT(lowest.top, 50);
  const auto blackness = [](const Ink& ink) { return ink.dark * 100 / (ink.height() * ink.height()); };
  const auto [thinnest, thickest] = std::ranges::minmax(all, {}, blackness);
  EXPECT_GT(blackness(thickest), 4 * blackness(thinnest));
}

TEST(WrittenDigits, AreAllTenInTurn) {
  const Digits digits = written_digits(25, 3);
  EXPECT_EQ(digits.images.shape(), Shape({25, 28, 28, 1}));
  for (int64_t row = 0; row < 25; ++row) EXPECT_EQ(digits.labels[row], static_cast<float>(row % 10));
}

TEST(WrittenDigits, DoNotDependOnHowManyFollow) {
  const Digits few = written_digits(10, 3);
  const Digits more = written_digits(20, 3);
  EXPECT_THAT(more.images.span().first(7840), ElementsAreArray(few.images.span()));
  EXPECT_THAT(more.images.span().last(7840), Not(ElementsAreArray(few.images.span())));
}

TEST(WriteCsv, LeavesAFileThatIsReadAsItWasWritten) {
  const TemporaryFolder folder;
  const uint64_t seed = write_csv({.output = folder / "written.csv", .count = 30, .seed = 4});
  const Digits expected = written_digits(30, 4);
  const Digits read = read_digits(folder / "written.csv", Labels::required);
  EXPECT_EQ(seed, 4U);
  EXPECT_THAT(read.labels.span(), ElementsAreArray(expected.labels.span()));
  EXPECT_THAT(read.images.span(), ElementsAreArray(expected.images.span()));
}

TEST(WriteCsv, SaysWhatSeedItTook) {
  const TemporaryFolder folder;
  const uint64_t seed = write_csv({.output = folder / "written.csv", .count = 1});
  const Digits again = written_digits(1, seed);
  EXPECT_THAT(read_digits(folder / "written.csv", Labels::required).images.span(),
              ElementsAreArray(again.images.span()));
}

TEST(ShippedModel, ReadsDigitsThatAreNotOfMnist) {
  const TemporaryFolder folder;
  write_csv({.output = folder / "written.csv", .count = 2000, .seed = 1});
  EXPECT_GT(evaluate_csv({.csv = folder / "written.csv", .models = {}}).accuracy, 0.97);
}

}  // namespace
}  // namespace antler::digits
