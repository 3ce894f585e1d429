#include "antler/callbacks/terminate_on_nan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"

namespace antler::callbacks {
namespace {

bool stops_at(double loss) {
  TerminateOnNaN callback;
  callbacks::Run run;
  callback.on_train_batch_end(run, 3, {{"accuracy", NAN}, {"loss", loss}});
  return run.stop_training;
}

TEST(TerminateOnNaN, StopsAtALossOfNaNOrInfinity) {
  testing::internal::CaptureStdout();
  EXPECT_TRUE(stops_at(NAN));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "Batch 3: Invalid loss, terminating training\n");
  EXPECT_TRUE(stops_at(INFINITY));
  EXPECT_FALSE(stops_at(1e30));
}

TEST(TerminateOnNaN, ThrowsWhenItIsTo) {
  TerminateOnNaN callback(true);
  callbacks::Run run;
  EXPECT_THROW(callback.on_train_batch_end(run, 0, {{"loss", NAN}}), Error);
}

}  // namespace
}  // namespace antler::callbacks
