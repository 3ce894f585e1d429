#include "antler/visual/layout.h"

#include <algorithm>
#include <cmath>

#include "antler/visual/ordering.h"
#include "antler/visual/placement.h"

namespace antler::visual {
namespace {

constexpr double gap_between_boxes = 28.0;
constexpr double gap_between_layers = 36.0;

size_t at(int node) {
  return static_cast<size_t>(node);
}

// From where to where a layer reaches.
struct Band {
  double top = 0.0;
  double bottom = 0.0;
  double middle() const { return (top + bottom) / 2.0; }
};

double height_of(int node, std::span<const Size> boxes) {
  return at(node) < boxes.size() ? boxes[at(node)].height : 0.0;
}

// Edges that lead far to the side get more room to do so.
double gap_below(const std::vector<int>& layer, const Layering& graph, std::span<const double> x) {
  double farthest = 0.0;
  for (int node : layer) {
    for (int next : graph.below[at(node)]) farthest = std::max(farthest, std::abs(x[at(next)] - x[at(node)]));
  }
  return gap_between_layers + std::min(std::round(farthest / 12.0), 2.0 * gap_between_layers);
}

// The band of each node's layer.
std::vector<Band> bands_of(const Layering& graph, std::span<const Size> boxes, std::span<const double> x) {
  std::vector<Band> bands(x.size());
  double top = 0.0;
  for (const std::vector<int>& layer : graph.layers) {
    double height = 0.0;
    for (int node : layer) height = std::max(height, height_of(node, boxes));
    for (int node : layer) bands[at(node)] = {top, top + height};
    top += height + gap_below(layer, graph, x);
  }
  return bands;
}

// Bends are passed straight, so that the edge keeps off the boxes beside it.
std::vector<Point> way_of(const std::vector<int>& chain, std::span<const double> x,
                          std::span<const Band> bands, std::span<const Size> boxes) {
  const int from = chain.front();
  const int to = chain.back();
  std::vector<Point> way{{x[at(from)], bands[at(from)].middle() + height_of(from, boxes) / 2.0}};
  for (int node : chain) {
    if (node != from) way.push_back({x[at(node)], bands[at(node)].top});
    if (node != to) way.push_back({x[at(node)], bands[at(node)].bottom});
  }
  way.push_back({x[at(to)], bands[at(to)].middle() - height_of(to, boxes) / 2.0});
  return way;
}

// Leaves out points that are there twice, and those between others that lie one below the other.
std::vector<Point> without_idle_points(const std::vector<Point>& way) {
  std::vector<Point> kept;
  for (const Point& point : way) {
    const size_t count = kept.size();
    if (count >= 1 && kept.back() == point) continue;
    if (count >= 2 && kept[count - 2].x == point.x && kept[count - 1].x == point.x) kept.pop_back();
    kept.push_back(point);
  }
  return kept;
}

// Makes the leftmost point x = 0; gives the width.
double shift_to_zero(std::span<double> x, std::span<const double> widths) {
  double left = 0.0;
  double right = 0.0;
  for (size_t i = 0; i < x.size(); ++i) {
    left = i == 0 ? x[i] - widths[i] / 2.0 : std::min(left, x[i] - widths[i] / 2.0);
    right = i == 0 ? x[i] + widths[i] / 2.0 : std::max(right, x[i] + widths[i] / 2.0);
  }
  for (double& each : x) each -= left;
  return right - left;
}

}  // namespace

Layout lay_out(std::span<const Size> boxes, std::span<const Edge> edges) {
  Layering graph = in_layers(boxes.size(), edges);
  order_layers(graph);
  std::vector<double> widths(graph.above.size(), 0.0);
  std::ranges::transform(boxes, widths.begin(), &Size::width);
  std::vector<double> x = place_nodes(graph, widths, gap_between_boxes);
  // Whole numbers: what is meant to be straight is, and files are short.
  for (double& each : x) each = std::round(each);

  Layout layout;
  layout.size.width = shift_to_zero(x, widths);
  const std::vector<Band> bands = bands_of(graph, boxes, x);
  for (size_t box = 0; box < boxes.size(); ++box) {
    layout.centres.push_back({x[box], bands[box].middle()});
    layout.size.height = std::max(layout.size.height, bands[box].bottom);
  }
  for (const std::vector<int>& chain : graph.chains)
    layout.ways.push_back(without_idle_points(way_of(chain, x, bands, boxes)));
  return layout;
}

}  // namespace antler::visual
