#include "antler/visual/progress_line.h"

#include <gtest/gtest.h>

namespace antler::visual {
namespace {

// The expected lines were printed by keras.utils.Progbar of Keras 3.15.1 with its clock set.

TEST(ProgressLine, ShowsTheBarInKerasColours) {
  const Progress progress{.steps = 525,
                          .done = 263,
                          .seconds = 6.5,
                          .seconds_per_step = 6.0 / 262,
                          .logs = {{"accuracy", 0.98765}, {"loss", 0.0412}}};
  EXPECT_EQ(
      bar_line(progress, true),
      "\x1b[1m263/525\x1b[0m \x1b[32m━━━━━━━━━━\x1b[0m\x1b[37m━━━━━━━━━━\x1b[0m \x1b[1m6s\x1b[0m 23ms/step"
      " - accuracy: 0.9877 - loss: 0.0412");
}

TEST(ProgressLine, ShowsNoGreenBeforeATwentiethIsDone) {
  const Progress progress{.steps = 525, .done = 1, .seconds_per_step = 0.5};
  EXPECT_EQ(bar_line(progress, true),
            "\x1b[1m  1/525\x1b[0m \x1b[37m━━━━━━━━━━━━━━━━━━━━\x1b[0m \x1b[1m4:22\x1b[0m 500ms/step");
}

TEST(ProgressLine, ShowsTheTimeSpentWhenFinished) {
  const Progress progress{.steps = 525,
                          .done = 525,
                          .seconds = 12.04,
                          .seconds_per_step = 11.54 / 524,
                          .finished = true,
                          .logs = {{"accuracy", 0.98765}, {"loss", 0.00041}, {"val_accuracy", 1.0}}};
  EXPECT_EQ(
      bar_line(progress, true),
      "\x1b[1m525/525\x1b[0m \x1b[32m━━━━━━━━━━━━━━━━━━━━\x1b[0m\x1b[37m\x1b[0m \x1b[1m12s\x1b[0m 22ms/step"
      " - accuracy: 0.9877 - loss: 4.1000e-04 - val_accuracy: 1.0000");
}

TEST(ProgressLine, IsPlainTextWithoutColours) {
  const Progress progress{.steps = 7, .done = 7, .seconds = 20, .seconds_per_step = 3, .finished = true};
  EXPECT_EQ(bar_line(progress, false), "7/7 ━━━━━━━━━━━━━━━━━━━━ 20s 3s/step");
}

TEST(ProgressLine, ShowsHoursLeft) {
  const Progress progress{.steps = 10000, .done = 1, .seconds_per_step = 1.0};
  EXPECT_EQ(bar_line(progress, false), "    1/10000 ━━━━━━━━━━━━━━━━━━━━ 2:46:39 1s/step");
}

TEST(ProgressLine, ShowsMinutesLeft) {
  const Progress progress{.steps = 10000, .done = 1000, .seconds_per_step = 0.0099};
  EXPECT_EQ(bar_line(progress, false), " 1000/10000 ━━━━━━━━━━━━━━━━━━━━ 1:29 10ms/step");
}

TEST(ProgressLine, CountsShortStepsInMicroseconds) {
  const Progress progress{.seconds_per_step = 0.0006, .finished = true, .logs = {{"loss", -0.00001}}};
  EXPECT_EQ(bar_line(progress, false), "0/1 ━━━━━━━━━━━━━━━━━━━━ 0s 600us/step - loss: -1.0000e-05");
}

TEST(ProgressLine, HasAShortFormForALineAnEpoch) {
  const Progress progress{.steps = 525,
                          .done = 525,
                          .seconds = 12.04,
                          .seconds_per_step = 11.54 / 524,
                          .finished = true,
                          .logs = {{"accuracy", 0.98765}, {"loss", 0.0009}}};
  EXPECT_EQ(epoch_line(progress), "525/525 - 12s - 22ms/step - accuracy: 0.9877 - loss: 9.0000e-04");
}

TEST(ProgressLine, GivesNegativeNumbersAnExponentInTheShortForm) {
  const Progress progress{.steps = 2, .done = 2, .logs = {{"loss", -0.5}}};
  EXPECT_EQ(epoch_line(progress), "2/2 - 0s - 0s/step - loss: -5.0000e-01");
  EXPECT_NE(bar_line(progress, false).find("loss: -0.5000"), std::string::npos);
}

}  // namespace
}  // namespace antler::visual
