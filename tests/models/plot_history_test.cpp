#include "antler/models/plot_history.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"

namespace antler {
namespace {

using testing::HasSubstr;

History two_epochs() {
  History history;
  history.append(0, {{"accuracy", 0.5}, {"loss", 1.0}, {"val_accuracy", 0.4}, {"val_loss", 1.2}}, 3.0);
  history.append(1, {{"accuracy", 0.7}, {"loss", 0.5}, {"val_accuracy", 0.6}, {"val_loss", 0.8}}, 3.0);
  return history;
}

TEST(PlotHistory, DrawsAChartForLossAndForEachMetric) {
  const std::string svg = history_to_svg(two_epochs());
  EXPECT_THAT(svg, HasSubstr("<title>accuracy; loss</title>"));
  EXPECT_THAT(svg, HasSubstr(">validation</text>"));
}

TEST(PlotHistory, WritesAFile) {
  const TemporaryFolder folder;
  plot_history(two_epochs(), folder / "history.svg");
  EXPECT_EQ(folder.read("history.svg"), history_to_svg(two_epochs()));
  EXPECT_THROW(plot_history(two_epochs(), folder / "history.gif"), Error);
}

TEST(PlotHistory, HasNothingToDrawWithoutEpochs) {
  EXPECT_THROW(history_to_svg(History()), Error);
}

TEST(History, ComesBackFromJson) {
  const History history = history_from_json(two_epochs().to_json(), "history.json");
  EXPECT_EQ(history.history, two_epochs().history);
  EXPECT_EQ(history.seconds, two_epochs().seconds);
  EXPECT_EQ(history.epoch, two_epochs().epoch);
}

TEST(History, IsNotReadFromOtherJson) {
  for (const char* text :
       {"[1]", R"({"loss": 1})", R"({"loss": ["a"]})", R"({"loss": [1, 2], "auc": [1]})"}) {
    EXPECT_THROW(history_from_json(parse_json(text, "text"), "text"), Error) << text;
  }
}

}  // namespace
}  // namespace antler
