#include "antler/visual/chart.h"

#include <gmock/gmock.h>

#include <limits>

#include "antler/core/error.h"

namespace antler::visual {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Chart chart_of(std::vector<double> x, std::vector<double> y) {
  return {.title = "Loss", .x_label = "epoch", .y_label = "loss", .series = {{"training", x, y}}};
}

TEST(RoundTicks, AreRoundNumbersWithinTheRange) {
  EXPECT_THAT(round_ticks(0.0, 10.0, 5), ElementsAre(0.0, 2.0, 4.0, 6.0, 8.0, 10.0));
  EXPECT_THAT(round_ticks(-1.3, 1.3, 3), ElementsAre(-1.0, 0.0, 1.0));
  EXPECT_THAT(round_ticks(101.0, 499.0, 4), ElementsAre(200.0, 300.0, 400.0));
  EXPECT_THAT(round_ticks(3.0, 3.0, 4), ElementsAre(3.0));
}

TEST(ChartSvg, ScalesACurveToItsAxes) {
  // The first and last x are the ends of the axis: 64 and 460 - 16.
  const std::string text = svg({chart_of({0, 1, 2}, {0, 1, 0.5})});
  EXPECT_THAT(text, StartsWith("<?xml"));
  EXPECT_THAT(text, HasSubstr("d=\"M64.0 "));
  EXPECT_THAT(text, HasSubstr("L254.0 "));
  EXPECT_THAT(text, HasSubstr("L444.0 "));
  EXPECT_THAT(text, HasSubstr(">training</text>"));
  EXPECT_THAT(text, HasSubstr(">epoch</text>"));
}

TEST(ChartSvg, LeavesAGapWhereThereIsNoNumber) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const std::string text = svg({chart_of({0, 1, 2, 3}, {0, none, 1, 2})});
  EXPECT_THAT(text, HasSubstr("M64.0 "));
  EXPECT_THAT(text, HasSubstr("M317.3 "));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST(ChartSvg, DrawsWhatNeverChanges) {
  EXPECT_THAT(svg({chart_of({1, 2}, {0.5, 0.5})}), Not(HasSubstr("nan")));
  EXPECT_THAT(svg({chart_of({1}, {0.5})}), HasSubstr("<circle"));
  EXPECT_THAT(svg({chart_of({}, {})}), HasSubstr("Loss"));
}

TEST(ChartSvg, PutsTwoChartsInARow) {
  const Chart one = chart_of({0, 1}, {0, 1});
  EXPECT_THAT(svg({one}), HasSubstr("viewBox=\"0 0 460 320\""));
  EXPECT_THAT(svg({one, one, one}), HasSubstr("viewBox=\"0 0 920 640\""));
}

TEST(ChartSvg, EscapesNames) {
  Chart chart = chart_of({0, 1}, {0, 1});
  chart.title = "<a> & b";
  EXPECT_THAT(svg({chart}), HasSubstr("&lt;a&gt; &amp; b"));
}

TEST(ChartSvg, RefusesWhatIsNoChart) {
  EXPECT_THROW(svg(std::vector<Chart>()), Error);
  EXPECT_THROW(svg({chart_of({0, 1}, {0})}), Error);
}

}  // namespace
}  // namespace antler::visual
