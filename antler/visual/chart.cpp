#include "antler/visual/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "antler/core/error.h"
#include "antler/visual/svg_text.h"

namespace antler::visual {
namespace {

constexpr double panel_width = 460.0;
constexpr double panel_height = 320.0;
// What the axes leave of a panel.
constexpr double left = 64.0;
constexpr double right = 16.0;
constexpr double top = 58.0;
constexpr double bottom = 50.0;
constexpr double legend_size = 12.0;
constexpr size_t panels_in_a_row = 2;

// Told apart by those who see few colours, too (Okabe and Ito).
constexpr const char* colours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                   "#b8860b", "#56b4e9", "#000000", "#6b7280"};

constexpr const char* style = R"(<style>
text { font-family: Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif; font-size: 12px; fill: #1f2937 }
.title { font-size: 14px; font-weight: bold }
.middle { text-anchor: middle }
.end { text-anchor: end }
.grid { stroke: #e5e7eb }
.axis { stroke: #6b7280 }
.curve { fill: none; stroke-width: 2; stroke-linejoin: round }
</style>
)";

// From the least to the largest of some numbers.
struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  // A range that can be divided by, with `share` of it added at both ends.
  Range widened(double share) const {
    if (low > high) return {0.0, 1.0};
    const double width = high - low;
    if (!(width > 1e-12 * std::max(std::abs(low), std::abs(high)))) return {low - 0.5, high + 0.5};
    return {low - share * width, high + share * width};
  }
  double share_of(double value) const { return (value - low) / (high - low); }
};

// Where a chart's points go.
struct Axes {
  Range x;
  Range y;
  double corner_x;
  double corner_y;

  double across(double value) const {
    return corner_x + left + x.share_of(value) * (panel_width - left - right);
  }
  double down(double value) const {
    return corner_y + panel_height - bottom - y.share_of(value) * (panel_height - top - bottom);
  }
};

Axes axes_of(const Chart& chart, double corner_x, double corner_y) {
  Range x;
  Range y;
  for (const Series& series : chart.series) {
    for (double value : series.x) x.include(value);
    for (double value : series.y) y.include(value);
  }
  return {x.widened(0.0), y.widened(0.04), corner_x, corner_y};
}

class Pen {
 public:
  void draw(const Chart& chart, const Axes& axes) {
    put("<text class=\"title middle\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
        axes.corner_x + (left + panel_width - right) / 2, axes.corner_y + 22.0, xml_text(chart.title));
    draw_grid(axes);
    draw_labels(chart, axes);
    draw_legend(chart, axes);
    for (size_t i = 0; i < chart.series.size(); ++i) draw_curve(chart.series[i], i, axes);
  }

  const std::string& text() const { return text_; }

 private:
  template <typename... Values>
  void put(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
  }

  void draw_line(const char* css_class, double x1, double y1, double x2, double y2) {
    put("<path class=\"{}\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\"/>\n", css_class, x1, y1, x2, y2);
  }

  void draw_grid(const Axes& axes) {
    const double begin = axes.corner_x + left;
    const double end = axes.corner_x + panel_width - right;
    const double floor = axes.corner_y + panel_height - bottom;
    for (double tick : round_ticks(axes.y.low, axes.y.high, 6)) {
      draw_line("grid", begin, axes.down(tick), end, axes.down(tick));
      put("<text class=\"end\" x=\"{:.1f}\" y=\"{:.1f}\">{:.6g}</text>\n", begin - 8, axes.down(tick) + 4,
          tick);
    }
    for (double tick : round_ticks(axes.x.low, axes.x.high, 8)) {
      draw_line("axis", axes.across(tick), floor, axes.across(tick), floor + 4);
      put("<text class=\"middle\" x=\"{:.1f}\" y=\"{:.1f}\">{:.6g}</text>\n", axes.across(tick), floor + 18,
          tick);
    }
    draw_line("axis", begin, floor, end, floor);
  }

  void draw_labels(const Chart& chart, const Axes& axes) {
    const double middle = axes.corner_y + (top + panel_height - bottom) / 2;
    put("<text class=\"middle\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
        axes.corner_x + (left + panel_width - right) / 2, axes.corner_y + panel_height - 12,
        xml_text(chart.x_label));
    put("<text class=\"middle\" transform=\"translate({:.1f} {:.1f}) rotate(-90)\">{}</text>\n",
        axes.corner_x + 16, middle, xml_text(chart.y_label));
  }

  void draw_legend(const Chart& chart, const Axes& axes) {
    double x = axes.corner_x + left;
    for (size_t i = 0; i < chart.series.size(); ++i) {
      put("<path class=\"curve\" stroke=\"{}\"{} d=\"M{:.1f} {:.1f}h20\"/>\n", colour(i),
          dashes(chart.series[i]), x, axes.corner_y + 40);
      put("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", x + 26, axes.corner_y + 44,
          xml_text(chart.series[i].name));
      x += 26 + text_width(chart.series[i].name, legend_size) + 14;
    }
  }

  void draw_curve(const Series& series, size_t number, const Axes& axes) {
    std::string way;
    int points = 0;  // since the last gap
    for (size_t i = 0; i < series.x.size(); ++i) {
      if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i])) {
        points = 0;
        continue;
      }
      const double x = axes.across(series.x[i]);
      const double y = axes.down(series.y[i]);
      way += fmt::format("{}{:.1f} {:.1f}", points++ == 0 ? 'M' : 'L', x, y);
      if (series.x.size() == 1)
        put("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"/>\n", x, y, colour(number));
    }
    if (!way.empty())
      put("<path class=\"curve\" stroke=\"{}\"{} d=\"{}\"/>\n", colour(number), dashes(series), way);
  }

  static const char* colour(size_t number) { return colours[number % std::size(colours)]; }
  static const char* dashes(const Series& series) { return series.dashed ? " stroke-dasharray=\"6 4\"" : ""; }

  std::string text_;
};

void check(const std::vector<Chart>& charts) {
  if (charts.empty()) throw Error("there is no chart to draw; expected one or more");
  for (const Chart& chart : charts) {
    for (const Series& series : chart.series) {
      if (series.x.size() != series.y.size())
        throw Error("the series '{}' has {} x and {} y; expected as many", series.name, series.x.size(),
                    series.y.size());
    }
  }
}

}  // namespace

std::vector<double> round_ticks(double low, double high, int count) {
  const double width = high - low;
  if (!std::isfinite(width) || !(width > 0.0) || count < 1) return {low + width / 2};
  const double least = width / count;
  double step = std::pow(10.0, std::floor(std::log10(least)));
  for (double factor : {2.0, 2.5, 2.0}) {  // 2, 5, 10
    if (step >= least) break;
    step *= factor;
  }
  std::vector<double> ticks;
  const double first = std::ceil(low / step - 1e-9);
  const double last = std::floor(high / step + 1e-9);
  for (double i = first; i <= last; ++i) ticks.push_back(i == 0.0 ? 0.0 : i * step);
  return ticks;
}

std::string svg(const std::vector<Chart>& charts) {
  check(charts);
  const size_t columns = std::min(charts.size(), panels_in_a_row);
  const size_t rows = (charts.size() + columns - 1) / columns;
  std::string title;
  Pen pen;
  for (size_t i = 0; i < charts.size(); ++i) {
    title += (i == 0 ? "" : "; ") + charts[i].title;
    const size_t column = i % columns;
    const size_t row = i / columns;
    pen.draw(charts[i], axes_of(charts[i], static_cast<double>(column) * panel_width,
                                static_cast<double>(row) * panel_height));
  }
  return svg_begin(static_cast<double>(columns) * panel_width, static_cast<double>(rows) * panel_height,
                   title) +
         style + svg_ground + pen.text() + "</svg>\n";
}

}  // namespace antler::visual
