#include "antler/core/profile.h"

#include <gmock/gmock.h>

namespace antler {
namespace {

TEST(Profile, AddsUpRunsOfTheSameName) {
  Profile profile;
  { const ProfiledRun run(&profile.entry("product"), 10.0); }
  { const ProfiledRun run(&profile.entry("sum")); }
  { const ProfiledRun run(&profile.entry("product"), 10.0); }
  ASSERT_EQ(profile.entries().size(), 2U);
  EXPECT_EQ(profile.entries()[0].name, "product");
  EXPECT_EQ(profile.entries()[0].runs, 2);
  EXPECT_EQ(profile.entries()[0].flops, 20.0);
  EXPECT_GE(profile.seconds(), profile.entries()[0].seconds);
}

TEST(Profile, EntriesStayWhereTheyAre) {
  Profile profile;
  const Profile::Entry* first = &profile.entry("0");
  for (int i = 0; i < 1000; ++i) profile.entry(std::to_string(i));
  EXPECT_EQ(first, &profile.entry("0"));
}

}  // namespace
}  // namespace antler
