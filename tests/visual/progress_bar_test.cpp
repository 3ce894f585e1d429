#include "antler/visual/progress_bar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace antler::visual {
namespace {

using testing::MatchesRegex;

// Standard output is a file here, no terminal.
std::string printed(int verbose, int epochs, bool finished = true) {
  testing::internal::CaptureStdout();
  {
    ProgressBar progress(3, verbose, 0, epochs);
    for (int64_t done = 1; done <= 3; ++done) progress.update(done, {{"loss", 0.5}});
    if (finished) progress.finish({{"loss", 0.25}});
  }
  return testing::internal::GetCapturedStdout();
}

TEST(ProgressBar, WritesItsLastStateOnlyWhereThereIsNoTerminal) {
  EXPECT_THAT(printed(1, 2),
              MatchesRegex("Epoch 1/2\n3/3 ━━━━━━━━━━━━━━━━━━━━ 0s [0-9]+[mu]?s/step - loss: 0.2500\n"));
}

TEST(ProgressBar, HasNoHeadingForASingleEpoch) {
  EXPECT_THAT(printed(1, 1), MatchesRegex("3/3 ━━━━━━━━━━━━━━━━━━━━ 0s [0-9]+[mu]?s/step - loss: 0.2500\n"));
}

TEST(ProgressBar, WritesALineAnEpoch) {
  EXPECT_THAT(printed(2, 2), MatchesRegex("Epoch 1/2\n3/3 - 0s - [0-9]+[mu]?s/step - loss: 0.2500\n"));
}

TEST(ProgressBar, IsSilentWhenAskedToBe) {
  EXPECT_EQ(printed(0, 2), "");
}

TEST(ProgressBar, WritesNoLineForAnEpochThatWasCut) {
  EXPECT_EQ(printed(1, 1, false), "");
}

}  // namespace
}  // namespace antler::visual
