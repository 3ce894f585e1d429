#include "antler/visual/placement.h"

#include <algorithm>

namespace antler::visual {
namespace {

constexpr int sweeps = 8;

size_t at(int node) {
  return static_cast<size_t>(node);
}

// Where a node would like to stand, and how much.
struct Wish {
  double x = 0.0;
  double weight = 1.0;
};

// Neighbouring nodes that stand as close as they may, so that only one place is left to choose for them.
struct Pool {
  double sum = 0.0;
  double weight = 0.0;
  size_t nodes = 0;
  double mean() const { return sum / weight; }
};

// The x nearest to the wishes (least squares) that are in order and at least `steps[i]` from the one before:
// isotonic regression by pooling adjacent violators.
std::vector<double> nearest_in_order(std::span<const Wish> wishes, std::span<const double> steps) {
  std::vector<Pool> pools;
  double offset = 0.0;
  for (size_t i = 0; i < wishes.size(); ++i) {
    offset += steps[i];
    Pool last{(wishes[i].x - offset) * wishes[i].weight, wishes[i].weight, 1};
    while (!pools.empty() && pools.back().mean() > last.mean()) {
      last.sum += pools.back().sum;
      last.weight += pools.back().weight;
      last.nodes += pools.back().nodes;
      pools.pop_back();
    }
    pools.push_back(last);
  }
  std::vector<double> x;
  offset = 0.0;
  for (const Pool& pool : pools) {
    for (size_t i = 0; i < pool.nodes; ++i) {
      offset += steps[x.size()];
      x.push_back(pool.mean() + offset);
    }
  }
  return x;
}

class Placement {
 public:
  Placement(const Layering& graph, std::span<const double> widths, double gap)
      : graph_(graph), widths_(widths), gap_(gap), x_(widths.size(), 0.0) {}

  std::vector<double> run() {
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      const bool down = sweep % 2 == 0;
      for (size_t i = 0; i < graph_.layers.size(); ++i) {
        settle(graph_.layers[down ? i : graph_.layers.size() - 1 - i], down, !down);
      }
    }
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      for (const std::vector<int>& layer : graph_.layers) settle(layer, true, true);
    }
    return x_;
  }

 private:
  bool is_bend(int node) const { return widths_[at(node)] == 0.0; }

  // Boxes follow boxes, so that the trunk is straight and what passes beside it gives way.
  double pull(int node, int other) const { return is_bend(node) == is_bend(other) ? 8.0 : 1.0; }

  Wish wish(int node, bool look_up, bool look_down) const {
    double sum = 0.0;
    double weight = 0.0;
    const auto add = [&](const std::vector<int>& neighbours) {
      for (int other : neighbours) {
        sum += x_[at(other)] * pull(node, other);
        weight += pull(node, other);
      }
    };
    if (look_up) add(graph_.above[at(node)]);
    if (look_down) add(graph_.below[at(node)]);
    if (weight == 0.0) return {x_[at(node)], 0.1};
    return {sum / weight, is_bend(node) ? 1.0 : 8.0};
  }

  void settle(const std::vector<int>& layer, bool look_up, bool look_down) {
    std::vector<Wish> wishes;
    std::vector<double> steps;
    for (size_t i = 0; i < layer.size(); ++i) {
      wishes.push_back(wish(layer[i], look_up, look_down));
      steps.push_back(i == 0 ? 0.0 : (widths_[at(layer[i - 1])] + widths_[at(layer[i])]) / 2.0 + gap_);
    }
    const std::vector<double> x = nearest_in_order(wishes, steps);
    for (size_t i = 0; i < layer.size(); ++i) x_[at(layer[i])] = x[i];
  }

  const Layering& graph_;
  std::span<const double> widths_;
  double gap_;
  std::vector<double> x_;
};

}  // namespace

std::vector<double> place_nodes(const Layering& graph, std::span<const double> widths, double gap) {
  return Placement(graph, widths, gap).run();
}

}  // namespace antler::visual
