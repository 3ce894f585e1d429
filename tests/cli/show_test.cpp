#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

using testing::ContainsRegex;
using testing::Ge;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

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

TEST_F(ShowCommand, PicksWhatIsReadWrongTheSurestFirst) {
  folder_.write("train.csv", digit_csv(40, true));
  write_digit_reader(folder_, "model.h5");
  const Outcome outcome =
      antler_command(folder_, {"digits", "show", "train.csv", "-m", "model.h5", "--wrong", "--count", "40"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::regex heading("row [0-9]+: label ([0-9]), read as ([0-9]) \\(([0-9]+) %\\)");
  std::vector<int> certainty;
  for (std::sregex_iterator at(outcome.out.begin(), outcome.out.end(), heading), end; at != end; ++at) {
    EXPECT_NE((*at)[1], (*at)[2]);
    certainty.push_back(std::stoi((*at)[3]));
  }
  EXPECT_THAT(certainty, SizeIs(Ge(2)));
  EXPECT_TRUE(std::ranges::is_sorted(certainty, std::greater()));
}

TEST_F(ShowCommand, DrawsASheet) {
  write_digit_reader(folder_, "model.h5");
  const Outcome outcome =
      antler_command(folder_, {"digits", "show", "train.csv", "-m", "model.h5", "-o", "sheet.svg"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  const std::string sheet = folder_.read("sheet.svg");
  EXPECT_THAT(sheet, ContainsRegex(">0 read as [0-9], [0-9]+ %</text>"));
  EXPECT_EQ(not_a_proper_failure(antler_command(folder_, {"digits", "show", "train.csv", "-o", "sheet.gif"}),
                                 {"sheet.gif"}),
            "");
}

TEST_F(ShowCommand, SaysWhereAllIsReadRight) {
  ASSERT_EQ(
      antler_command(folder_, {"digits", "write", "--count", "10", "--seed", "1", "-o", "easy.csv"}).code, 0);
  const Outcome outcome = antler_command(folder_, {"digits", "show", "easy.csv", "--wrong"});
  EXPECT_EQ(outcome.out, "All digits are read as their labels say.\n");
  EXPECT_EQ(
      not_a_proper_failure(
          antler_command(folder_, {"digits", "show", "easy.csv", "--wrong", "-o", "none.svg"}), {"easy.csv"}),
      "");
}

TEST_F(ShowCommand, SaysWhereTheFileEnds) {
  const Outcome outcome = antler_command(folder_, {"digits", "show", "train.csv", "--row", "9"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"train.csv", "4 rows", "9"}), "");
}

}  // namespace
}  // namespace antler
