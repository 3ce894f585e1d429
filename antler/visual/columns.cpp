#include "antler/visual/columns.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace antler::visual {
namespace {

constexpr int none = -1;

size_t at(int node) {
  return static_cast<size_t>(node);
}

class Columns {
 public:
  explicit Columns(const Layering& graph)
      : graph_(graph), place_(graph.above.size(), 0), shortcut_(graph.above.size(), false) {
    for (const std::vector<int>& chain : graph.chains) {
      const bool other_way_out = graph.below[at(chain.front())].size() > 1;
      const bool other_way_in = graph.above[at(chain.back())].size() > 1;
      for (size_t i = 1; i + 1 < chain.size(); ++i) shortcut_[at(chain[i])] = other_way_out && other_way_in;
    }
    for (const std::vector<int>& layer : graph.layers) {
      for (size_t i = 0; i < layer.size(); ++i) place_[at(layer[i])] = static_cast<int>(i);
    }
  }

  std::vector<int> run() const {
    std::vector<int> column(place_.size(), none);
    int count = 0;
    for (size_t i = 0; i < graph_.layers.size(); ++i) {
      const std::vector<int>& layer = graph_.layers[i];
      if (i > 0) {
        for (const auto& [upper, lower] : aligned(layer))
          column[at(layer[at(lower)])] = column[at(graph_.layers[i - 1][at(upper)])];
      }
      for (int node : layer) {
        if (column[at(node)] == none) column[at(node)] = count++;
      }
    }
    return column;
  }

 private:
  // Shortcuts do not count: they are ways around what stands in the middle.
  int middle(std::vector<int> nodes) const {
    std::erase_if(nodes, [&](int node) { return shortcut_[at(node)]; });
    if (nodes.size() % 2 == 0) return none;
    const auto centre = nodes.begin() + static_cast<std::ptrdiff_t>(nodes.size() / 2);
    std::ranges::nth_element(nodes, centre, {}, [&](int node) { return place_[at(node)]; });
    return *centre;
  }

  // Places of nodes in the layer above, and in `layer` straight below them; those of long edges go first.
  std::map<int, int> aligned(const std::vector<int>& layer) const {
    std::map<int, int> pairs;
    for (int node : layer) {
      if (!graph_.is_bend(node)) continue;
      const int upper = graph_.above[at(node)].front();
      if (graph_.is_bend(upper)) add_unless_crossing(pairs, upper, node);
    }
    for (int node : layer) {
      const int upper = middle(graph_.above[at(node)]);
      if (upper != none && middle(graph_.below[at(upper)]) == node) add_unless_crossing(pairs, upper, node);
    }
    return pairs;
  }

  void add_unless_crossing(std::map<int, int>& pairs, int upper, int lower) const {
    const auto right = pairs.lower_bound(place_[at(upper)]);
    const bool fits_right =
        right == pairs.end() || (right->first > place_[at(upper)] && right->second > place_[at(lower)]);
    const bool fits_left = right == pairs.begin() || std::prev(right)->second < place_[at(lower)];
    if (fits_left && fits_right) pairs.emplace(place_[at(upper)], place_[at(lower)]);
  }

  const Layering& graph_;
  std::vector<int> place_;      // of each node within its layer
  std::vector<bool> shortcut_;  // bends of an edge from a box with other ways out to one with other ways in
};

}  // namespace

std::vector<int> columns_of(const Layering& graph) {
  return Columns(graph).run();
}

}  // namespace antler::visual
