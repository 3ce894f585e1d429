#include "antler/visual/ordering.h"

#include <algorithm>
#include <numeric>

namespace antler::visual {
namespace {

constexpr int sweeps = 16;

size_t at(int node) {
  return static_cast<size_t>(node);
}

// The place of each node within its layer.
std::vector<int> places(const Layering& graph) {
  std::vector<int> place(graph.above.size(), 0);
  for (const std::vector<int>& layer : graph.layers) {
    for (size_t i = 0; i < layer.size(); ++i) place[at(layer[i])] = static_cast<int>(i);
  }
  return place;
}

// When a walk along the edges, deep before wide, meets each node.
std::vector<int> walk(const Layering& graph) {
  std::vector<int> met(graph.above.size(), -1);
  int count = 0;
  std::vector<int> waiting;
  for (size_t start = 0; start < met.size(); ++start) {
    if (graph.above[start].empty()) waiting.push_back(static_cast<int>(start));
    while (!waiting.empty()) {
      const int node = waiting.back();
      waiting.pop_back();
      if (met[at(node)] >= 0) continue;
      met[at(node)] = count++;
      const std::vector<int>& next = graph.below[at(node)];
      waiting.insert(waiting.end(), next.rbegin(), next.rend());
    }
  }
  return met;
}

// Numbers that were added, and how many of them are above a given one: a Fenwick tree.
class Counted {
 public:
  explicit Counted(size_t size) : sums_(size + 1, 0) {}
  void add(int number) {
    ++total_;
    for (size_t i = at(number) + 1; i < sums_.size(); i += i & (~i + 1)) ++sums_[i];
  }
  int64_t above(int number) const {
    int64_t not_above = 0;
    for (size_t i = at(number) + 1; i > 0; i -= i & (~i + 1)) not_above += sums_[i];
    return total_ - not_above;
  }

 private:
  std::vector<int64_t> sums_;
  int64_t total_ = 0;
};

// By the mean place of the neighbours; a node that has none keeps its own.
void order_layer(std::vector<int>& layer, const std::vector<std::vector<int>>& neighbours,
                 std::vector<int>& place) {
  std::vector<std::pair<double, int>> keyed;
  for (int node : layer) {
    const std::vector<int>& near = neighbours[at(node)];
    double key = place[at(node)];
    if (!near.empty()) {
      const auto add = [&](double sum, int other) { return sum + place[at(other)]; };
      key = std::accumulate(near.begin(), near.end(), 0.0, add) / static_cast<double>(near.size());
    }
    keyed.emplace_back(key, node);
  }
  std::ranges::stable_sort(keyed, {}, [](const auto& entry) { return entry.first; });
  for (size_t i = 0; i < layer.size(); ++i) {
    layer[i] = keyed[i].second;
    place[at(layer[i])] = static_cast<int>(i);
  }
}

}  // namespace

int64_t crossings(const Layering& graph) {
  const std::vector<int> place = places(graph);
  int64_t count = 0;
  for (size_t i = 0; i + 1 < graph.layers.size(); ++i) {
    Counted ends(graph.layers[i + 1].size());
    for (int node : graph.layers[i]) {
      for (int next : graph.below[at(node)]) count += ends.above(place[at(next)]);
      for (int next : graph.below[at(node)]) ends.add(place[at(next)]);
    }
  }
  return count;
}

void order_layers(Layering& graph) {
  const std::vector<int> met = walk(graph);
  for (std::vector<int>& layer : graph.layers)
    std::ranges::sort(layer, {}, [&](int node) { return met[at(node)]; });

  auto best = graph.layers;
  int64_t fewest = crossings(graph);
  for (int sweep = 0; sweep < sweeps && fewest > 0; ++sweep) {
    std::vector<int> place = places(graph);
    const bool down = sweep % 2 == 0;
    for (size_t i = 0; i < graph.layers.size(); ++i) {
      std::vector<int>& layer = graph.layers[down ? i : graph.layers.size() - 1 - i];
      order_layer(layer, down ? graph.above : graph.below, place);
    }
    const int64_t count = crossings(graph);
    if (count >= fewest) continue;
    fewest = count;
    best = graph.layers;
  }
  graph.layers = std::move(best);
}

}  // namespace antler::visual
