#include "antler/visual/placement.h"

#include <algorithm>

#include "antler/visual/columns.h"

namespace antler::visual {
namespace {

constexpr int sweeps = 64;

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
      : graph_(graph), widths_(widths), gap_(gap), column_(columns_of(graph)), x_(widths.size(), 0.0) {
    columns_.resize(widths.empty() ? 0 : at(std::ranges::max(column_)) + 1);
    for (size_t node = 0; node < column_.size(); ++node)
      columns_[at(column_[node])].push_back(static_cast<int>(node));
  }

  std::vector<double> run() {
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      for (size_t i = 0; i < columns_.size(); ++i)
        follow_neighbours(columns_[sweep % 2 == 0 ? i : columns_.size() - 1 - i]);
      for (const std::vector<int>& layer : graph_.layers) keep_apart(layer);
      for (const std::vector<int>& column : columns_) straighten(column);
    }
    return straight_and_apart();
  }

 private:
  double weight(int node) const { return graph_.is_bend(node) ? 1.0 : 8.0; }
  double step(int left, int right) const { return (widths_[at(left)] + widths_[at(right)]) / 2.0 + gap_; }

  void move(const std::vector<int>& column, double x) {
    for (int node : column) x_[at(node)] = x;
  }

  // To the mean of those outside the column that its nodes are joined to.
  void follow_neighbours(const std::vector<int>& column) {
    double sum = 0.0;
    double all = 0.0;
    for (int node : column) {
      for (const auto* neighbours : {&graph_.above[at(node)], &graph_.below[at(node)]}) {
        for (int other : *neighbours) {
          if (column_[at(other)] == column_[at(node)]) continue;
          sum += x_[at(other)];
          all += 1.0;
        }
      }
    }
    if (all > 0.0) move(column, sum / all);
  }

  void keep_apart(const std::vector<int>& layer) {
    std::vector<Wish> wishes;
    std::vector<double> steps;
    for (size_t i = 0; i < layer.size(); ++i) {
      wishes.push_back({x_[at(layer[i])], weight(layer[i])});
      steps.push_back(i == 0 ? 0.0 : step(layer[i - 1], layer[i]));
    }
    const std::vector<double> x = nearest_in_order(wishes, steps);
    for (size_t i = 0; i < layer.size(); ++i) x_[at(layer[i])] = x[i];
  }

  void straighten(const std::vector<int>& column) {
    double sum = 0.0;
    double all = 0.0;
    for (int node : column) {
      sum += weight(node) * x_[at(node)];
      all += weight(node);
    }
    move(column, sum / all);
  }

  // The sweeps come close to both; this makes sure. Columns pushed to the right until none is too near to its
  // left neighbours are one answer, pushed to the left another, and so is the mean of the two.
  std::vector<double> straight_and_apart() const {
    std::vector<Edge> beside;  // columns, the left one first
    std::vector<double> distance;
    for (const std::vector<int>& layer : graph_.layers) {
      for (size_t i = 1; i < layer.size(); ++i) {
        beside.push_back({column_[at(layer[i - 1])], column_[at(layer[i])]});
        distance.push_back(step(layer[i - 1], layer[i]));
      }
    }
    const std::vector<int> order = topological_order(columns_.size(), beside);
    std::vector<double> right(columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i) right[i] = x_[at(columns_[i].front())];
    std::vector<double> left = right;
    push(order, beside, distance, right, left);
    std::vector<double> x(x_.size());
    for (size_t node = 0; node < x.size(); ++node)
      x[node] = (left[at(column_[node])] + right[at(column_[node])]) / 2.0;
    return x;
  }

  static void push(std::span<const int> order, std::span<const Edge> beside, std::span<const double> distance,
                   std::vector<double>& right, std::vector<double>& left) {
    std::vector<std::vector<size_t>> after(right.size());
    for (size_t i = 0; i < beside.size(); ++i) after[at(beside[i].from)].push_back(i);
    for (int column : order) {
      for (size_t i : after[at(column)]) {
        double& next = right[at(beside[i].to)];
        next = std::max(next, right[at(column)] + distance[i]);
      }
    }
    for (auto column = order.rbegin(); column != order.rend(); ++column) {
      for (size_t i : after[at(*column)]) {
        double& own = left[at(*column)];
        own = std::min(own, left[at(beside[i].to)] - distance[i]);
      }
    }
  }

  const Layering& graph_;
  std::span<const double> widths_;
  double gap_;
  std::vector<int> column_;                // of each node
  std::vector<std::vector<int>> columns_;  // the nodes of each
  std::vector<double> x_;
};

}  // namespace

std::vector<double> place_nodes(const Layering& graph, std::span<const double> widths, double gap) {
  return Placement(graph, widths, gap).run();
}

}  // namespace antler::visual
