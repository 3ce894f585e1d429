// The boxes of a diagram in layers, one below the other, so that every edge leads downwards.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace antler::visual {

/// An arrow from one box to another, by their numbers.
struct Edge {
  int from = 0;
  int to = 0;
  friend bool operator==(const Edge&, const Edge&) = default;
};

/// The boxes in an order in which every edge leads forwards; shorter than `boxes` where edges form a circle.
std::vector<int> topological_order(size_t boxes, std::span<const Edge> edges);

/// A graph whose edges all join neighbouring layers. Its nodes are the boxes, and then the bends: where an
/// edge passes layers, there is a bend of it in each, which keeps a place free between the boxes there.
struct Layering {
  size_t boxes = 0;
  std::vector<std::vector<int>> layers;  ///< nodes from left to right, layers from top to bottom
  std::vector<std::vector<int>> above;   ///< of each node, those that lead to it
  std::vector<std::vector<int>> below;   ///< of each node, those that it leads to
  std::vector<std::vector<int>> chains;  ///< of each edge: its box, its bends, its other box

  bool is_bend(int node) const { return static_cast<size_t>(node) >= boxes; }
};

/// Each box lies below all that lead to it by the longest way, or deeper where that shortens edges: an input
/// that is needed late is drawn late. Throws Error when edges form a circle or name boxes that there are not,
/// and when there are more than a million bends.
Layering in_layers(size_t boxes, std::span<const Edge> edges);

}  // namespace antler::visual
