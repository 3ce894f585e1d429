// Line charts as SVG: the curves of a training run, and what the pages of the docs show.
#pragma once

#include <string>
#include <vector>

namespace antler::visual {

/// A curve through points in their order.
struct Series {
  std::string name;  ///< for the legend
  std::vector<double> x;
  /// As many as `x`. What is not finite leaves a gap.
  std::vector<double> y;
  bool dashed = false;
};

/// Curves over common axes, whose ranges are those of the points.
struct Chart {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<Series> series;
};

/// 0, step, 2 * step, ...: at most `count` round numbers (1, 2 or 5 times a power of ten apart) within
/// [low, high], from below. The middle alone where there is no finite range.
std::vector<double> round_ticks(double low, double high, int count);

/// A whole SVG file with the charts side by side, two in a row, on a ground of its own, so that it is
/// readable on dark pages as well. The same charts give the same text. Throws Error when there is no chart,
/// or a series has as many x as y not.
std::string svg(const std::vector<Chart>& charts);

}  // namespace antler::visual
