#include <gmock/gmock.h>

#include <algorithm>

#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class ShowCommand : public testing::Test {
 protected:
  ShowCommand() { folder_.write("train.csv", digit_csv(4, true)); }

  TemporaryFolder folder_;
};

TEST_F(ShowCommand, PrintsDigitsInShadesWhereThereIsNoTerminal) {
  const Outcome outcome = antler_command(folder_, {"digits", "show", "train.csv", "--count", "3"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, ContainsRegex("row 1: label [0-9]\n"));
  EXPECT_THAT(outcome.out, HasSubstr("row 3: label"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("row 4")));
  EXPECT_THAT(outcome.out, HasSubstr("%%%%%%%%"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
  EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 3 * 29);
}

TEST_F(ShowCommand, PrintsHalfBlocksSideBySideWhenToldTo) {
  const Outcome outcome = antler_command(
      folder_, {"digits", "show", "train.csv", "--row", "2", "--count", "2", "--color", "always"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, ContainsRegex("row 2: label [0-9] +row 3: label [0-9]\n"));
  EXPECT_THAT(outcome.out, HasSubstr("\x1b[38;2;"));
  EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 15);
}

TEST_F(ShowCommand, SaysWhatAModelReads) {
  write_digit_reader(folder_, "model.h5");
  const Outcome outcome = antler_command(folder_, {"digits", "show", "train.csv", "-m", "model.h5"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, ContainsRegex("row 1: label [0-9], read as [0-9] \\([0-9]+ %\\)\n"));
}

TEST_F(ShowCommand, SaysWhereTheFileEnds) {
  const Outcome outcome = antler_command(folder_, {"digits", "show", "train.csv", "--row", "9"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"train.csv", "4 rows", "9"}), "");
}

}  // namespace
}  // namespace antler
