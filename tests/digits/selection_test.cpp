#include "digits/selection.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "antler/core/error.h"
#include "digits/handwriting.h"
#include "digits/training_run.h"

namespace antler::digits {
namespace {

using testing::ElementsAreArray;
using testing::SizeIs;

TEST(Select, TakesAllRowsWhereNothingIsSaid) {
  const SelectedDigits all = select(written_digits(12, 1), {});
  EXPECT_EQ(all.digits.images.rows(), 12);
  EXPECT_THAT(all.rows, testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
}

TEST(Select, TakesWhatATrainingHoldsOut) {
  const Digits digits = written_digits(50, 1);
  const Rows training = split_rows(digits, 0.2, 7);
  const SelectedDigits held_out = select(digits, {.held_out_by = 7, .validation_split = 0.2});
  ASSERT_THAT(held_out.rows, SizeIs(10));
  EXPECT_TRUE(std::ranges::is_sorted(held_out.rows));
  const auto sum = [](const Tensor& images) {
    double total = 0.0;
    for (const float pixel : images.span()) total += pixel;
    return total;
  };
  EXPECT_NEAR(sum(held_out.digits.images), sum(training.validation_x), 1e-6);
  for (size_t i = 0; i < held_out.rows.size(); ++i) {
    const auto number = static_cast<size_t>(held_out.rows[i]);
    EXPECT_THAT(held_out.digits.images.span().subspan(i * 784, 784),
                ElementsAreArray(digits.images.span().subspan(number * 784, 784)));
    EXPECT_EQ(held_out.digits.labels[static_cast<int64_t>(i)], digits.labels[held_out.rows[i]]);
  }
}

TEST(Select, TakesOtherRowsForAnotherSeed) {
  const Digits digits = written_digits(50, 1);
  EXPECT_NE(select(digits, {.held_out_by = 7}).rows, select(digits, {.held_out_by = 8}).rows);
}

TEST(Select, TakesOfEachDigitItsShare) {
  const SelectedDigits held_out = select(written_digits(500, 1), {.held_out_by = 7, .validation_split = 0.2});
  std::vector<int> counts(10);
  for (const float label : held_out.digits.labels.span()) ++counts[static_cast<size_t>(label)];
  EXPECT_THAT(counts, testing::Each(10));
}

TEST(Select, RefusesAShareThatLeavesNoRows) {
  EXPECT_THROW(select(written_digits(5, 1), {.held_out_by = 7, .validation_split = 0.0}), Error);
}

}  // namespace
}  // namespace antler::digits
