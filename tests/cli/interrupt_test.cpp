// Ctrl-C while training, and going on afterwards.
#include <gmock/gmock.h>

#include <csignal>

#include "antler/saving/saving.h"
#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

using testing::HasSubstr;

std::vector<std::string> train(const std::string& output, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"digits", "train",    "-o", output,         "--seed",
                                 "5",      "--epochs", "4",  "--batch-size", "16"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<std::vector<float>> weights(const std::filesystem::path& path) {
  std::vector<std::vector<float>> all;
  for (const Tensor& weight : load_model(path).get_weights())
    all.emplace_back(weight.span().begin(), weight.span().end());
  return all;
}

// Ctrl-C as soon as the second epoch has begun.
Outcome interrupted_run(const TemporaryFolder& folder, int signal) {
  folder.write("train.csv", digit_csv(200, true));
  Process process(folder, train("cut.h5"));
  EXPECT_TRUE(process.wait_for("Epoch 2/4\n"));
  process.send(signal);
  return process.wait();
}

TEST(Interrupt, KeepsTheModelAndTellsHowToGoOn) {
  const TemporaryFolder folder;
  const Outcome outcome = interrupted_run(folder, SIGINT);
  EXPECT_EQ(outcome.code, 130);
  EXPECT_THAT(outcome.out, HasSubstr("antler digits train train.csv -o cut.h5 --epochs 4 --batch-size 16"));
  EXPECT_THAT(outcome.out, HasSubstr("--resume"));
  EXPECT_TRUE(load_model(folder / "cut.h5").training_progress().has_value());
}

TEST(Interrupt, AndResumeGiveBitForBitTheWeightsOfAnUnbrokenRun) {
  const TemporaryFolder folder;
  ASSERT_EQ(interrupted_run(folder, SIGTERM).code, 130);
  const Outcome resumed = antler_command(folder, train("cut.h5", {"--resume"}));
  ASSERT_EQ(resumed.code, 0) << resumed.err;
  ASSERT_EQ(antler_command(folder, train("whole.h5")).code, 0);
  EXPECT_EQ(weights(folder / "cut.h5"), weights(folder / "whole.h5"));
}

TEST(Interrupt, AndResumeWithOtherOptionsIsRefused) {
  const TemporaryFolder folder;
  ASSERT_EQ(interrupted_run(folder, SIGINT).code, 130);
  const std::string before = folder.read("cut.h5");
  const Outcome outcome = antler_command(folder, train("cut.h5", {"--resume", "--validation-split", "0.5"}));
  EXPECT_EQ(not_a_proper_failure(outcome, {"cut.h5"}), "");
  EXPECT_EQ(folder.read("cut.h5"), before);
}

}  // namespace
}  // namespace antler
