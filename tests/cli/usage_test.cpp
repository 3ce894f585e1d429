// The command line itself: help, version, and what is wrong about a wrong one.
#include <gmock/gmock.h>

#include "tests/cli/process.h"

namespace antler {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

TEST(Command, TellsItsVersion) {
  const TemporaryFolder folder;
  const Outcome outcome = antler_command(folder, {"--version"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, MatchesRegex("antler [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Command, ShowsAnExampleInItsHelp) {
  const TemporaryFolder folder;
  const Outcome outcome = antler_command(folder, {"digits", "train", "--help"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("antler digits train train.csv"));
  EXPECT_EQ(outcome.err, "");
}

class WrongCommandLine : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(WrongCommandLine, EndsWithTwoAndOneSentence) {
  const TemporaryFolder folder;
  const Outcome outcome = antler_command(folder, GetParam());
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, MatchesRegex("antler: [^\n]+\n"));
  EXPECT_EQ(folder.files(), 0);
}

INSTANTIATE_TEST_SUITE_P(Command, WrongCommandLine,
                         testing::ValuesIn(std::vector<std::vector<std::string>>{
                             {},
                             {"fly"},
                             {"digits"},
                             {"digits", "fly"},
                             {"digits", "train", "--epochs", "0"},
                             {"digits", "train", "--epochs", "many"},
                             {"digits", "train", "--epochs", "99999999999"},
                             {"digits", "train", "--epochs"},
                             {"digits", "train", "--batch-size", "-1"},
                             {"digits", "train", "--validation-split", "1"},
                             {"digits", "train", "--validation-split", "nan"},
                             {"digits", "train", "--until", "99"},
                             {"digits", "train", "--seed", "-1"},
                             {"digits", "train", "--threads", "0"},
                             {"digits", "train", "--verbose", "3"},
                             {"digits", "train", "--learning-rate", "1"},
                             {"digits", "train", "one.csv", "two.csv"},
                             {"digits", "train", "--members", "0"},
                             {"digits", "train", "--minutes", "0"},
                             {"digits", "evaluate", "-m", "model.h5"},
                             {"digits", "evaluate", "train.csv", "--held-out", "-1"},
                             {"digits", "show", "test.csv", "--row", "0"},
                             {"digits", "write", "--count", "0"},
                             {"digits", "show", "test.csv", "--colour", "blue"},
                             {"completion", "tcsh"},
                             {"summary"},
                             {"plot", "model.h5"},
                             {"plot", "model.h5", "-o", "model.svg", "--rankdir", "up"},
                             {"predict", "model.h5", "--x", "x.npy"},
                             {"evaluate", "model.h5", "--x", "x.npy"},
                             {"fit", "model.h5", "--x", "x.npy", "--y", "y.npy"},
                         }));

}  // namespace
}  // namespace antler
