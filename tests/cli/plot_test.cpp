#include <gmock/gmock.h>

#include "tests/cli/process.h"
#include "tests/cli/small_data.h"

namespace antler {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A folder with model.h5.
class PlotCommand : public testing::Test {
 protected:
  PlotCommand() { write_digit_reader(folder_, "model.h5"); }

  TemporaryFolder folder_;
};

TEST_F(PlotCommand, DrawsAModel) {
  const Outcome outcome = antler_command(folder_, {"plot", "model.h5", "-o", "model.svg"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out + outcome.err, "");
  const std::string svg = folder_.read("model.svg");
  EXPECT_THAT(svg, StartsWith("<?xml"));
  EXPECT_THAT(svg, HasSubstr("(Dense)"));
  EXPECT_THAT(svg, HasSubstr("Input shape"));
}

TEST_F(PlotCommand, ShowsWhatItsOptionsAskFor) {
  const Outcome outcome =
      antler_command(folder_, {"plot", "model.h5", "-o", "model.svg", "--rankdir", "LR", "--no-shapes",
                               "--show-layer-activations", "--show-trainable"});
  EXPECT_EQ(outcome.code, 0);
  const std::string svg = folder_.read("model.svg");
  EXPECT_THAT(svg, HasSubstr("softmax"));
  EXPECT_THAT(svg, HasSubstr("Trainable"));
  EXPECT_EQ(svg.find("shape:"), std::string::npos);
}

TEST_F(PlotCommand, RefusesOtherEndings) {
  const Outcome outcome = antler_command(folder_, {"plot", "model.h5", "-o", "model.png"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"model.png", ".svg"}), "");
  EXPECT_FALSE(folder_.has("model.png"));
}

TEST_F(PlotCommand, TellsWhereItCannotWrite) {
  const Outcome outcome = antler_command(folder_, {"plot", "model.h5", "-o", "nowhere/model.svg"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"nowhere/model.svg"}), "");
}

}  // namespace
}  // namespace antler
