#include "antler/callbacks/stop_on_interrupt.h"

#include <gtest/gtest.h>

#include <csignal>

#include "antler/core/error.h"

namespace antler::callbacks {
namespace {

bool stops_at_batch_end(StopOnInterrupt& callback) {
  callbacks::Run run;
  callback.on_batch_end(run, 0, {});
  return run.cut;
}

TEST(StopOnInterrupt, LetsTrainingRunWithoutASignal) {
  StopOnInterrupt callback;
  EXPECT_FALSE(stops_at_batch_end(callback));
  EXPECT_FALSE(callback.interrupted());
}

TEST(StopOnInterrupt, StopsAtTheEndOfTheBatchAfterCtrlC) {
  StopOnInterrupt callback;
  std::raise(SIGINT);
  EXPECT_TRUE(stops_at_batch_end(callback));
  EXPECT_TRUE(callback.interrupted());
}

TEST(StopOnInterrupt, StopsWhenTheProcessIsToEnd) {
  StopOnInterrupt callback;
  std::raise(SIGTERM);
  EXPECT_TRUE(stops_at_batch_end(callback));
}

TEST(StopOnInterrupt, ForgetsTheSignalsOfAnEarlierOne) {
  {
    StopOnInterrupt callback;
    std::raise(SIGINT);
  }
  StopOnInterrupt callback;
  EXPECT_FALSE(stops_at_batch_end(callback));
}

TEST(StopOnInterrupt, PutsTheOldHandlerBack) {
  const auto before = std::signal(SIGINT, SIG_IGN);
  { StopOnInterrupt callback; }
  EXPECT_EQ(std::signal(SIGINT, before), SIG_IGN);
}

TEST(StopOnInterruptDeathTest, DiesOfTheSecondSignal) {
  const auto interrupt_twice = [] {
    StopOnInterrupt callback;
    std::raise(SIGINT);
    std::raise(SIGINT);
  };
  EXPECT_EXIT(interrupt_twice(), testing::KilledBySignal(SIGINT), "");
}

TEST(StopOnInterrupt, IsOneAtATime) {
  StopOnInterrupt callback;
  EXPECT_THROW(StopOnInterrupt(), Error);
}

}  // namespace
}  // namespace antler::callbacks
