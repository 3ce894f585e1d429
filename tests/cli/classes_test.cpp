// antler classes.
#include <gmock/gmock.h>

#include "antler/core/json.h"
#include "tests/cli/process.h"

namespace antler {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(Classes, AreListedByTheModulesOfKeras) {
  const TemporaryFolder folder;
  const Outcome outcome = antler_command(folder, {"classes", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json known = parse_json(outcome.out, "standard output");
  EXPECT_THAT(known.at("layers"), Contains("Conv2D"));
  EXPECT_THAT(known.at("optimizers"), Contains("RMSprop"));
  EXPECT_THAT(known.at("losses"), Contains("CategoricalCrossentropy"));
  EXPECT_THAT(known.at("metrics"), Contains("LogCoshError"));
  EXPECT_THAT(known.at("initializers"), Contains("GlorotUniform"));
  EXPECT_THAT(known.at("activations"), Contains("swish"));
}

TEST(Classes, AreListedALineAModuleForPeople) {
  const TemporaryFolder folder;
  const Outcome outcome = antler_command(folder, {"classes"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("\noptimizers: A"));
}

}  // namespace
}  // namespace antler
