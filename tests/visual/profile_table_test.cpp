#include "antler/visual/profile_table.h"

#include <gmock/gmock.h>

namespace antler::visual {
namespace {

using testing::HasSubstr;

TEST(ProfileTable, GivesMillisecondsRateAndShares) {
  Profile profile;
  profile.entry("dense (64, 10)") = {.name = "dense (64, 10)", .seconds = 0.3, .flops = 3e9, .runs = 100};
  profile.entry("optimizer") = {.name = "optimizer", .seconds = 0.1, .flops = 0.0, .runs = 100};
  EXPECT_EQ(profile_table(profile, 40e9),
            "operation          runs  ms a run  GFLOP/s  of peak  of time\n"
            "dense (64, 10)      100     3.000       10      25%    75.0%\n"
            "optimizer           100     1.000                      25.0%\n"
            "The peak of this machine's fused multiply-adds: 40 GFLOP/s\n");
}

TEST(ProfileTable, SaysSomethingOfNothing) {
  EXPECT_THAT(profile_table({}, 1e9), HasSubstr("operation"));
}

}  // namespace
}  // namespace antler::visual
