#include "antler/visual/layering.h"

#include <algorithm>
#include <cstdint>

#include "antler/core/error.h"

namespace antler::visual {
namespace {

using Neighbours = std::vector<std::vector<int>>;

constexpr int64_t most_bends = 1'000'000;

size_t at(int node) {
  return static_cast<size_t>(node);
}

void check(size_t boxes, std::span<const Edge> edges) {
  const auto is_box = [&](int number) { return number >= 0 && at(number) < boxes; };
  for (const Edge& edge : edges) {
    if (!is_box(edge.from) || !is_box(edge.to)) {
      throw Error("a diagram has an edge from box {} to {}; expected numbers below {}", edge.from, edge.to,
                  boxes);
    }
  }
}

Neighbours heads(size_t boxes, std::span<const Edge> edges) {
  Neighbours all(boxes);
  for (const Edge& edge : edges) all[at(edge.from)].push_back(edge.to);
  return all;
}

// The layer of each box.
std::vector<int> depths(std::span<const int> order, const Neighbours& below) {
  std::vector<int> depth(below.size(), 0);
  std::vector<size_t> leading_here(below.size(), 0);
  for (int box : order) {
    for (int next : below[at(box)]) {
      depth[at(next)] = std::max(depth[at(next)], depth[at(box)] + 1);
      ++leading_here[at(next)];
    }
  }
  for (auto box = order.rbegin(); box != order.rend(); ++box) {
    const std::vector<int>& next = below[at(*box)];
    if (next.size() <= leading_here[at(*box)]) continue;
    const int nearest = std::ranges::min(next, {}, [&](int other) { return depth[at(other)]; });
    depth[at(*box)] = depth[at(nearest)] - 1;
  }
  return depth;
}

void check_bends(std::span<const Edge> edges, std::span<const int> depth) {
  int64_t bends = 0;
  for (const Edge& edge : edges) bends += depth[at(edge.to)] - depth[at(edge.from)] - 1;
  if (bends > most_bends) {
    throw Error("the edges of a diagram pass {} boxes; expected at most {}", bends, most_bends);
  }
}

// Cuts an edge at each layer that it passes.
std::vector<int> chain_of(const Edge& edge, std::span<const int> depth, Layering& graph) {
  std::vector<int> chain{edge.from};
  for (int layer = depth[at(edge.from)] + 1; layer < depth[at(edge.to)]; ++layer) {
    chain.push_back(static_cast<int>(graph.above.size()));
    graph.layers[at(layer)].push_back(chain.back());
    graph.above.emplace_back();
    graph.below.emplace_back();
  }
  chain.push_back(edge.to);
  for (size_t i = 1; i < chain.size(); ++i) {
    graph.below[at(chain[i - 1])].push_back(chain[i]);
    graph.above[at(chain[i])].push_back(chain[i - 1]);
  }
  return chain;
}

}  // namespace

std::vector<int> topological_order(size_t boxes, std::span<const Edge> edges) {
  check(boxes, edges);
  const Neighbours below = heads(boxes, edges);
  std::vector<int> missing(boxes, 0);
  for (const Edge& edge : edges) ++missing[at(edge.to)];
  std::vector<int> order;
  for (size_t box = 0; box < boxes; ++box) {
    if (missing[box] == 0) order.push_back(static_cast<int>(box));
  }
  for (size_t done = 0; done < order.size(); ++done) {
    for (int next : below[at(order[done])]) {
      if (--missing[at(next)] == 0) order.push_back(next);
    }
  }
  return order;
}

Layering in_layers(size_t boxes, std::span<const Edge> edges) {
  const std::vector<int> order = topological_order(boxes, edges);
  if (order.size() < boxes) throw Error("the edges of a diagram form a circle; expected none that do");
  const std::vector<int> depth = depths(order, heads(boxes, edges));
  check_bends(edges, depth);

  Layering graph;
  graph.boxes = boxes;
  graph.above.resize(boxes);
  graph.below.resize(boxes);
  graph.layers.resize(boxes == 0 ? 0 : at(std::ranges::max(depth)) + 1);
  for (size_t box = 0; box < boxes; ++box) graph.layers[at(depth[box])].push_back(static_cast<int>(box));
  for (const Edge& edge : edges) graph.chains.push_back(chain_of(edge, depth, graph));
  return graph;
}

}  // namespace antler::visual
