// What the digits commands write, and what they do when it cannot be written.
#include <gmock/gmock.h>

#include <algorithm>

#include "antler/core/json.h"
#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

// A folder with a model, train.csv and test.csv.
class DigitsOutput : public testing::Test {
 protected:
  DigitsOutput() {
    write_digit_reader(folder_, "model.h5");
    folder_.write("train.csv", digit_csv(30, true));
    folder_.write("test.csv", digit_csv(12, false));
  }

  Outcome run(const std::vector<std::string>& words, const Process::Limits& limits = {}) const {
    return antler_command(folder_, words, limits);
  }

  TemporaryFolder folder_;
};

TEST_F(DigitsOutput, IsASubmission) {
  const Outcome outcome = run({"digits", "predict", "-m", "model.h5"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(folder_.read("mnist_output.csv"),
              MatchesRegex("ImageId,Label\n1,[0-9]\n2,[0-9]\n([0-9]+,[0-9]\n)+12,[0-9]\n"));
}

TEST_F(DigitsOutput, TellsTheSecondsSpentPredicting) {
  const Outcome outcome = run({"digits", "predict", "-m", "model.h5", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = parse_json(outcome.out, "standard output");
  EXPECT_EQ(json.size(), 1U);
  EXPECT_GT(json["predict_s"].get<double>(), 0.0);
}

TEST_F(DigitsOutput, IsTheSameForAModelGivenTwice) {
  ASSERT_EQ(run({"digits", "predict", "-m", "model.h5"}).code, 0);
  ASSERT_EQ(run({"digits", "predict", "-m", "model.h5", "-m", "model.h5", "-o", "twice.csv"}).code, 0);
  EXPECT_EQ(folder_.read("twice.csv"), folder_.read("mnist_output.csv"));
}

TEST_F(DigitsOutput, TellsLossAndAccuracy) {
  const Outcome outcome = run({"digits", "evaluate", "train.csv", "-m", "model.h5", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = parse_json(outcome.out, "standard output");
  EXPECT_GT(json["loss"].get<double>(), 0.0);
  EXPECT_GE(json["accuracy"].get<double>(), 0.0);
  EXPECT_LE(json["accuracy"].get<double>(), 1.0);
}

TEST_F(DigitsOutput, TellsWhichDigitsAreTakenForWhich) {
  const Outcome outcome = run({"digits", "evaluate", "train.csv", "-m", "model.h5", "--json", "--confusion"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = parse_json(outcome.out, "standard output");
  const auto confusion = json["confusion"].get<std::vector<std::vector<double>>>();
  ASSERT_EQ(confusion.size(), 10U);
  double all = 0.0;
  double right = 0.0;
  for (size_t label = 0; label < 10; ++label) {
    ASSERT_EQ(confusion[label].size(), 10U);
    for (const double count : confusion[label]) all += count;
    EXPECT_TRUE(json["confusion"][label][label].is_number_integer());
    right += confusion[label][label];
  }
  EXPECT_NEAR(right / all, json["accuracy"].get<double>(), 1e-6);
  const Outcome text = run({"digits", "evaluate", "train.csv", "-m", "model.h5", "--confusion"});
  EXPECT_THAT(text.out, testing::HasSubstr("label, read as     0     1"));
  EXPECT_EQ(std::ranges::count(text.out, '\n'), 12);
}

TEST_F(DigitsOutput, IsOfTheRowsHeldOutWhereTheyAreAskedFor) {
  const auto count = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"digits",   "evaluate", "train.csv",  "-m",
                                      "model.h5", "--json",   "--confusion"};
    words.insert(words.end(), more.begin(), more.end());
    double all = 0.0;
    const Json json = parse_json(run(words).out, "standard output");
    for (const Json& row : json["confusion"]) {
      for (const Json& cell : row) all += cell.get<double>();
    }
    return all;
  };
  const double all = count({});
  EXPECT_EQ(count({"--held-out", "3", "--validation-split", "0.5"}), all / 2.0);
}

TEST_F(DigitsOutput, ThatIsFullIsReported) {
  const Outcome outcome = run({"digits", "predict", "-m", "model.h5", "-o", "/dev/full"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"/dev/full"}), "");
}

TEST_F(DigitsOutput, OnStandardOutputThatIsFullIsReported) {
  const Outcome outcome = run({"summary", "model.h5"}, {.standard_output = "/dev/full"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"standard output"}), "");
}

TEST_F(DigitsOutput, InNoFolderIsReported) {
  const Outcome outcome = run({"digits", "predict", "-m", "model.h5", "-o", "nowhere/out.csv"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"nowhere/out.csv"}), "");
}

TEST_F(DigitsOutput, ThatIsAFolderIsReported) {
  std::filesystem::create_directory(folder_ / "out.csv");
  const Outcome outcome = run({"digits", "predict", "-m", "model.h5", "-o", "out.csv"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"out.csv"}), "");
}

// Below /proc not even root may make files.
TEST_F(DigitsOutput, WithoutPermissionIsReported) {
  const Outcome outcome = run({"digits", "predict", "-m", "model.h5", "-o", "/proc/out.csv"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"/proc/out.csv"}), "");
}

TEST_F(DigitsOutput, PastTheFileSizeLimitLeavesTheOldModel) {
  folder_.write("trained.h5", "an old file");
  const auto files = folder_.files();
  const Outcome outcome =
      run({"digits", "train", "--epochs", "1", "-o", "trained.h5", "--verbose", "0"}, {.file_size = 100'000});
  EXPECT_EQ(not_a_proper_failure(outcome, {"trained.h5"}), "");
  EXPECT_EQ(folder_.read("trained.h5"), "an old file");
  EXPECT_EQ(folder_.files(), files);
}

TEST_F(DigitsOutput, IsCheckedBeforeAnyTraining) {
  const Outcome outcome = run({"digits", "train", "-o", "nowhere/model.h5"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"nowhere/model.h5"}), "");
  EXPECT_EQ(outcome.out, "");
}

TEST_F(DigitsOutput, NeedsAnEndingThatModelsHave) {
  const Outcome outcome = run({"digits", "train", "-o", "model.csv"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"model.csv", ".h5"}), "");
  EXPECT_EQ(outcome.out, "");
}

TEST_F(DigitsOutput, NamesTheRecipesThereAre) {
  const Outcome outcome = run({"digits", "train", "--recipe", "cake"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"cake", "lesson"}), "");
}

TEST_F(DigitsOutput, TellsTheSeedAndTheValidationAccuracy) {
  const Outcome outcome = run(
      {"digits", "train", "--epochs", "1", "--seed", "5", "-o", "trained.h5", "--history", "history.json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("Seed 5"));
  EXPECT_THAT(outcome.out, HasSubstr("\nValidation accuracy: "));
  const Json history = parse_json(folder_.read("history.json"), "history.json");
  for (const char* key : {"accuracy", "loss", "val_accuracy", "val_loss", "seconds"})
    EXPECT_EQ(history[key].size(), 1U);
}

TEST_F(DigitsOutput, TellsOfEachFreshTry) {
  const Outcome outcome = run({"digits", "train", "--epochs", "1", "--seed", "5", "-o", "trained.h5",
                               "--until", "1", "--tries", "2", "--validation-split", "0.5"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("try 2 of 2"));
  EXPECT_THAT(outcome.out, HasSubstr("Seed 6"));
  EXPECT_TRUE(folder_.has("trained.h5"));
}

}  // namespace
}  // namespace antler
