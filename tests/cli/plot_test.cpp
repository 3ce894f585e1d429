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

TEST_F(PlotCommand, DrawsAModelAsPng) {
  const Outcome outcome = antler_command(folder_, {"plot", "model.h5", "-o", "model.png"});
  EXPECT_EQ(outcome.code, 0);
  const std::string png = folder_.read("model.png");
  EXPECT_THAT(png, StartsWith("\x89PNG\r\n\x1a\n"));
  EXPECT_GT(png.size(), 3000U);  // an empty picture of this size takes less
}

TEST_F(PlotCommand, DrawsAHistory) {
  folder_.write("history.json", R"({"loss": [1.5, 0.5], "val_loss": [1.6, NaN], "seconds": [1, 1]})");
  EXPECT_EQ(antler_command(folder_, {"plot", "history.json", "-o", "history.svg"}).code, 0);
  EXPECT_THAT(folder_.read("history.svg"), HasSubstr("validation"));
}

TEST_F(PlotCommand, DrawsAModelOfJson) {
  EXPECT_EQ(antler_command(folder_, {"convert", "model.h5", "model.json"}).code, 0);
  EXPECT_EQ(antler_command(folder_, {"plot", "model.json", "-o", "model.svg"}).code, 0);
  EXPECT_THAT(folder_.read("model.svg"), HasSubstr("(Dense)"));
}

TEST_F(PlotCommand, RefusesJsonOfAnotherKind) {
  folder_.write("other.json", R"({"loss": "high"})");
  const Outcome outcome = antler_command(folder_, {"plot", "other.json", "-o", "other.svg"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"other.json", "'loss'"}), "");
}

TEST_F(PlotCommand, RefusesOtherEndings) {
  const Outcome outcome = antler_command(folder_, {"plot", "model.h5", "-o", "model.gif"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"model.gif", ".svg", ".png"}), "");
  EXPECT_FALSE(folder_.has("model.gif"));
}

TEST_F(PlotCommand, TellsWhereItCannotWrite) {
  const Outcome outcome = antler_command(folder_, {"plot", "model.h5", "-o", "nowhere/model.svg"});
  EXPECT_EQ(not_a_proper_failure(outcome, {"nowhere/model.svg"}), "");
}

}  // namespace
}  // namespace antler
